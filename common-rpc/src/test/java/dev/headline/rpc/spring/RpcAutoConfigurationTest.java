package dev.headline.rpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.UserServiceGrpc;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcAutoConfigurationTest {

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    Applications.USER_SERVICE.run(
        context -> {
          RpcProperties properties = context.getBean(RpcProperties.class);
          assertThat(properties.cluster()).isEqualTo("default");
          assertThat(properties.instanceId()).isEqualTo("user-service-1");
          assertThat(properties.reflection()).isFalse();
          assertThat(properties.drain()).hasSeconds(5);
        });
  }

  @Test
  void noLogGetsTheToken() {
    Applications.USER_SERVICE
        .withPropertyValues("headline.rpc.consul-token=secret")
        .run(
            context -> {
              RpcProperties properties = context.getBean(RpcProperties.class);
              assertThat(properties.consulToken()).isEqualTo("secret");
              assertThat(properties.toString()).doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "service=User Service, service must be 1 to 63",
    "to-cluster=, to-cluster must be 1 to 63",
    "drain=-1s, drain must not be negative",
  })
  void aPropertyThatCannotBeIsNamed(String property, String sentence) {
    Applications.USER_SERVICE
        .withPropertyValues("headline.rpc." + property)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(sentence));
  }

  @Test
  void anApplicationWithoutServicesListensToNobody() {
    Applications.USER_SERVICE.run(
        context -> {
          assertThat(context).hasSingleBean(Clients.class);
          assertThat(context).doesNotHaveBean(RpcServerLifecycle.class);
        });
  }

  @Test
  void aServiceIsKnownWhileItsApplicationRunsAndNoLonger() {
    var known = new AtomicReference<List<Instance>>();
    try (Directory others = LocalDirectory.ofProcess()) {
      others.watch("user-service", known::set);
      Applications.USER_SERVICE
          .withUserConfiguration(Applications.Services.class)
          .run(
              _ ->
                  assertThat(known.get())
                      .singleElement()
                      .extracting(Instance::id)
                      .isEqualTo("user-service-1"));
      assertThat(known.get()).isEmpty();
    }
  }

  @Test
  void aServerThatCannotBecomeKnownListensNoLonger() throws IOException {
    Applications.USER_SERVICE
        .withUserConfiguration(Applications.Services.class)
        .withBean(
            "unwilling",
            Registry.class,
            () ->
                instance -> {
                  throw new IllegalStateException("No registration");
                },
            definition -> definition.setPrimary(true))
        .run(context -> assertThat(context).getFailure().rootCause().hasMessage("No registration"));

    var address = new Address.InProcess("auto-configuration");
    Listeners.prepare(address).build().start().shutdownNow();
  }

  @Test
  void anApplicationMayCallItselfThroughItsClients() {
    Applications.USER_SERVICE
        .withUserConfiguration(Applications.Services.class)
        .withPropertyValues("headline.rpc.warm=")
        .run(
            context -> {
              var clients = context.getBean(Clients.class);
              var stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
              assertThat(stub.batchGet(BatchGetRequest.getDefaultInstance()).getUsersCount())
                  .isZero();
            });
  }
}

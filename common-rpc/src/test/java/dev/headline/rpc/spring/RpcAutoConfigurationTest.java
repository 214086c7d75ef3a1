package dev.headline.rpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.ConsulKey;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.policy.Setting;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RpcAutoConfigurationTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RpcAutoConfiguration.class))
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withPropertyValues(
              "headline.rpc.service=user-service",
              "headline.rpc.directory=local",
              "headline.rpc.listen=in-process:auto-configuration",
              "headline.rpc.spread=0s");

  private final ApplicationContextRunner traced =
      application.withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class));

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    application.run(
        context -> {
          RpcProperties properties = context.getBean(RpcProperties.class);
          assertThat(properties.cluster()).isEqualTo("default");
          assertThat(properties.instanceId()).isEqualTo("user-service-1");
          assertThat(properties.reflection()).isFalse();
          assertThat(properties.drain()).hasSeconds(5);
        });
  }

  @Test
  void nothingIsTracedUntilThereIsAnEndpoint() {
    traced.run(
        context -> {
          assertThat(context).doesNotHaveBean(TracerProvider.class);
          assertThat(context.getBean(Governance.class).spans()).isSameAs(RpcSpans.OFF);
        });
  }

  @Test
  void anEndpointTurnsTracesOn() {
    traced
        .withPropertyValues(TracingAutoConfiguration.ENDPOINT + "=http://127.0.0.1:1/v1/traces")
        .run(
            context ->
                assertThat(context.getBean(Governance.class).spans()).isNotSameAs(RpcSpans.OFF));
  }

  @Test
  void aShareOfTracesThatIsNoneIsRefused() {
    traced
        .withPropertyValues(
            TracingAutoConfiguration.ENDPOINT + "=http://127.0.0.1:1/v1/traces",
            TracingAutoConfiguration.SAMPLING + "=1.5")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseMessage(
                        "management.tracing.sampling.probability must be between 0 and 1, but is 1.5"));
  }

  @Test
  void metricsSayWhichPoliciesHoldAndHowMuchTheServerBears() {
    application
        .withUserConfiguration(Services.class)
        .run(
            context -> {
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.get(RpcMeters.POLICY_EDITION).gauge().value()).isEqualTo(1);
              assertThat(meters.get(RpcMeters.POLICY_PROBLEM).gauge().value()).isZero();
              assertThat(
                      meters.get(RpcMeters.SERVER_LIMIT).tag("to", "user-service").gauge().value())
                  .isEqualTo(20);
            });
  }

  @Test
  void noLogGetsTheToken() {
    application
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
    application
        .withPropertyValues("headline.rpc." + property)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(sentence));
  }

  @Test
  void anApplicationWithoutServicesListensToNobody() {
    application.run(
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
      application
          .withUserConfiguration(Services.class)
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
    application
        .withUserConfiguration(Services.class)
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
    application
        .withUserConfiguration(Services.class)
        .withPropertyValues("headline.rpc.warm=")
        .run(
            context -> {
              var clients = context.getBean(Clients.class);
              var stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
              assertThat(stub.batchGet(BatchGetRequest.getDefaultInstance()).getUsersCount())
                  .isZero();
            });
  }

  @Test
  void policiesAreThoseOfTheProfileAndThenThoseOfTheDocuments() {
    application
        .withPropertyValues(
            "headline.rpc.profile=demo", "headline.rpc.policy=classpath:policy/test.yaml")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(Governance.class)
                            .policies()
                            .current()
                            .table()
                            .settingsOf(new CallKey("a", "default", "b", "default", "Slow")))
                    .contains(
                        new Setting("timeout.total", "30s", "test.yaml, line 3"),
                        new Setting("detail", "full", "demo.yaml, line 6"),
                        new Setting("limit.waiting", "500", Setting.STANDARD)));
  }

  @Test
  void withoutAKeyNothingIsAskedOfConsulForPolicies() {
    application
        .withPropertyValues("headline.rpc.policy-key=")
        .run(context -> assertThat(context.getBeanProvider(ConsulKey.class).stream()).isEmpty());
  }

  @Test
  void theEndpointExplainsWhatWasCalledAndWhatWasNot() {
    application
        .withUserConfiguration(Services.class)
        .withPropertyValues("headline.rpc.directory=local")
        .run(
            context -> {
              var endpoint = context.getBean(GovernanceEndpoint.class);

              assertThat(endpoint.overview().edition()).isEqualTo(1);
              assertThat(endpoint.explain("gateway", "feed-service", "GetFeed"))
                  .singleElement()
                  .satisfies(
                      explanation -> {
                        assertThat(explanation.chain()).isEmpty();
                        assertThat(explanation.settings())
                            .contains(new Setting("timeout.total", "800ms", Setting.STANDARD));
                      });
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Services {

    @Bean
    UserServiceGrpc.UserServiceImplBase users() {
      return new UserServiceGrpc.UserServiceImplBase() {
        @Override
        public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
          observer.onNext(BatchGetResponse.getDefaultInstance());
          observer.onCompleted();
        }
      };
    }
  }
}

package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.CallOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ClientsTest {

  private static final Caller SELF = new Caller("gateway", "default");

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
  private final LocalDirectory directory = LocalDirectory.alone();

  @Test
  void callsGoToTheClusterThatWasAskedForAndToNoOther() throws IOException {
    var address = new Address.InProcess(UUID.randomUUID().toString());
    var blue = new Caller("user-service", "blue");
    try (var server =
            new GovernedServer(
                blue,
                address,
                List.of(new UserServiceGrpc.UserServiceImplBase() {}),
                governance,
                false);
        var toBlue = new Clients(SELF, directory, governance, "blue");
        var toDefault = new Clients(SELF, directory, governance)) {
      directory.register(new Instance("blue-1", "user-service", "blue", server.start(), 100));

      Awaitility.await().until(() -> toBlue.isReady("user-service"));
      assertThat(toDefault.isReady("user-service")).isFalse();
    }
  }

  @Test
  void whoeverWaitsForAServiceGoesOnAsSoonAsItIsConnected() throws IOException {
    var address = new Address.InProcess(UUID.randomUUID().toString());
    try (var server = server(address);
        var clients = new Clients(SELF, directory, governance)) {
      var waiting =
          CompletableFuture.supplyAsync(
              () -> clients.awaitReady(List.of("user-service"), Duration.ofMinutes(5)));
      directory.register(new Instance("1", "user-service", "default", server.start(), 100));

      assertThat(waiting).succeedsWithin(Duration.ofSeconds(15)).isEqualTo(true);
    }
  }

  @Test
  void whoeverWaitsForAServiceThatIsNotThereGoesOnWithoutIt() {
    try (var clients = new Clients(SELF, directory, governance)) {
      assertThat(clients.awaitReady(List.of("user-service"), Duration.ofMillis(20))).isFalse();
      assertThat(clients.awaitReady(List.of(), Duration.ZERO)).isTrue();
    }
  }

  private GovernedServer server(Address address) throws IOException {
    return new GovernedServer(
        new Caller("user-service", "default"),
        address,
        List.of(new UserServiceGrpc.UserServiceImplBase() {}),
        governance,
        false);
  }

  @Test
  void onceClosedItsCallsAreShownNoMore() {
    var registry = new SimpleMeterRegistry();
    var shown = Governance.of(PolicyTable.DEFAULT, new RpcMeters(registry));
    var clients = new Clients(SELF, directory, shown);
    var channel = clients.channel("user-service");
    var _ = channel.newCall(UserServiceGrpc.getBatchGetMethod(), CallOptions.DEFAULT);
    assertThat(registry.find(MetricNames.CLIENT_IN_FLIGHT).gauges()).hasSize(1);

    clients.close();
    assertThat(registry.find(MetricNames.CLIENT_IN_FLIGHT).gauges()).isEmpty();
    var _ = channel.newCall(UserServiceGrpc.getListFollowingMethod(), CallOptions.DEFAULT);
    assertThat(registry.find(MetricNames.CLIENT_IN_FLIGHT).gauges()).isEmpty();
  }

  @Test
  void onceClosedThereIsNoChannel() {
    var clients = new Clients(SELF, directory, governance);
    clients.close();

    assertThatThrownBy(() -> clients.channel("user-service"))
        .isInstanceOf(IllegalStateException.class);
  }
}

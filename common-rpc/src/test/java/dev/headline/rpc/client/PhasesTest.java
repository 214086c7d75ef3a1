package dev.headline.rpc.client;

import static dev.headline.rpc.client.Receiver.LARGE;
import static dev.headline.rpc.client.Receiver.LONG;
import static dev.headline.rpc.client.Receiver.PATIENT;
import static dev.headline.rpc.client.Receiver.SMALL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.client.StallingPeer.Habit;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the parts of an attempt took, as it says itself. */
class PhasesTest {

  private static final Duration SHORT = Duration.ofMillis(100);

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix", "in-process"})
  void thePhasesOfACallAddUpToNoMoreThanItTook(String kind) throws IOException {
    try (var server = server(address(kind));
        var receiver = Receiver.connected(server.start())) {
      for (BatchGetRequest request : List.of(SMALL, LARGE)) {
        var call = receiver.call(request, LONG, Detail.STANDARD);
        long start = System.nanoTime();
        assertThat(new Send(PATIENT).invoke(call).getUsersCount()).isEqualTo(0);
        long took = System.nanoTime() - start;

        var phases = requireNonNull(call.phases());
        assertThat(phases.total()).isBetween(1L, took);
        assertThat(phases.connecting()).isPositive();
        assertThat(phases.waiting()).isPositive();
      }
    }
  }

  @Test
  void whoeverWantsLittleDetailGetsNoPhases() throws IOException {
    try (var peer = StallingPeer.atTcp(Habit.NEVER_ANSWERS);
        var receiver = Receiver.connected(peer.address())) {
      var call = receiver.call(SMALL, SHORT, Detail.BASIC);

      assertThatThrownBy(() -> new Send(PATIENT).invoke(call)).isInstanceOf(RpcException.class);
      assertThat(call.phases()).isNull();
    }
  }

  private static GovernedServer server(Address address) throws IOException {
    return new GovernedServer(
        new Caller("user-service", "default"),
        address,
        List.of(new Everybody()),
        Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry())),
        false);
  }

  private static Address address(String kind) throws IOException {
    return switch (kind) {
      case "tcp" -> new Address.Tcp("127.0.0.1", 0);
      case "unix" -> new Address.Unix(Files.createTempDirectory("rpc").resolve("users.sock"));
      default -> new Address.InProcess(UUID.randomUUID().toString());
    };
  }

  private static final class Everybody extends UserServiceGrpc.UserServiceImplBase {

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
      observer.onNext(BatchGetResponse.getDefaultInstance());
      observer.onCompleted();
    }
  }
}

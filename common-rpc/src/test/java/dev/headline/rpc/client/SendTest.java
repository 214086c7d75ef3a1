package dev.headline.rpc.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Health;
import dev.headline.rpc.Phase;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.client.StallingPeer.Habit;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each part of an attempt has its own limit, and a failure says which one it was. */
class SendTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final TimeoutPolicy PATIENT =
      new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ZERO);
  private static final BatchGetRequest SMALL = BatchGetRequest.newBuilder().addIds(1).build();
  // More than a peer's window, and than what the sockets hold.
  private static final BatchGetRequest LARGE =
      BatchGetRequest.newBuilder()
          .addAllIds(LongStream.range(1L << 40, (1L << 40) + 60_000).boxed().toList())
          .build();

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));

  /** The kinds of address that have something to connect to. */
  enum Socket {
    TCP,
    UNIX;

    StallingPeer peer(Habit habit) throws IOException {
      return this == TCP ? StallingPeer.atTcp(habit) : StallingPeer.atUnixSocket(habit);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverGreetsFailsTheConnecting(Socket socket) throws IOException {
    var limits = new TimeoutPolicy(LONG, LONG, SHORT, LONG, LONG, Duration.ZERO);

    RpcException failure = failureAt(socket, Habit.NEVER_GREETS, limits, SMALL, LONG);

    assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
    assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessage("There was no connection to user-service within 100 ms");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverReadsFailsTheWritingOfALargeRequest(Socket socket) throws IOException {
    var limits = new TimeoutPolicy(LONG, LONG, LONG, SHORT, LONG, Duration.ZERO);

    RpcException failure = failureAt(socket, Habit.NEVER_READS, limits, LARGE, LONG);

    assertThat(failure.phase()).isEqualTo(Phase.WRITE);
    assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    // Its head is out, and nobody can say from here what the peer makes of it.
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure).hasMessage("user-service did not take the request within 100 ms");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatTakesNoCallForNowFailsTheWriting(Socket socket) throws IOException {
    var limits = new TimeoutPolicy(LONG, LONG, LONG, SHORT, LONG, Duration.ZERO);

    RpcException failure = failureAt(socket, Habit.TAKES_NO_CALL, limits, SMALL, LONG);

    assertThat(failure.phase()).isEqualTo(Phase.WRITE);
    assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    // What is called off while it is being written may go out all the same.
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverAnswersIsWaitedForUntilTheDeadline(Socket socket) throws IOException {
    RpcException failure = failureAt(socket, Habit.NEVER_ANSWERS, PATIENT, SMALL, SHORT);

    assertThat(failure.phase()).isEqualTo(Phase.WAIT);
    assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure).hasMessageContaining("user-service had not answered", "wait ");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverEndsItsReplyFailsTheReading(Socket socket) throws IOException {
    var limits = new TimeoutPolicy(LONG, LONG, LONG, LONG, SHORT, Duration.ZERO);

    RpcException failure = failureAt(socket, Habit.NEVER_ENDS, limits, SMALL, LONG);

    assertThat(failure.phase()).isEqualTo(Phase.READ);
    assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(failure).hasMessage("user-service began its reply and did not end it within 100 ms");
  }

  @Test
  void whereNobodyListensNothingWasSent() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ManagedChannel channel = Channels.open(new Address.Tcp("127.0.0.1", port));
    try {
      RpcException failure = failure(channel, PATIENT, SMALL, LONG);

      assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    } finally {
      channel.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix", "in-process"})
  void thePhasesOfACallAddUpToNoMoreThanItTook(String kind) throws IOException {
    var server =
        new GovernedServer(
            new Caller("user-service", "default"),
            address(kind),
            List.of(new Everybody()),
            governance,
            false);
    Address address = server.start();
    ManagedChannel channel = connected(address);
    try {
      for (BatchGetRequest request : List.of(SMALL, LARGE)) {
        Call<BatchGetRequest, BatchGetResponse> call =
            call(address, channel, request, LONG, Detail.STANDARD);
        long start = System.nanoTime();
        assertThat(new Send(PATIENT).invoke(call).getUsersCount()).isEqualTo(0);
        long took = System.nanoTime() - start;

        var phases = requireNonNull(call.phases());
        assertThat(phases.total()).isBetween(1L, took);
        assertThat(phases.connecting()).isPositive();
        assertThat(phases.waiting()).isPositive();
      }
    } finally {
      channel.shutdownNow();
      server.close();
    }
  }

  @Test
  void whoeverWantsLittleDetailGetsNoPhases() throws IOException {
    try (var peer = StallingPeer.atTcp(Habit.NEVER_ANSWERS)) {
      ManagedChannel channel = connected(peer.address());
      var call = call(peer.address(), channel, SMALL, SHORT, Detail.BASIC);

      assertThatThrownBy(() -> new Send(PATIENT).invoke(call)).isInstanceOf(RpcException.class);
      assertThat(call.phases()).isNull();
      channel.shutdownNow();
    }
  }

  private RpcException failureAt(
      Socket socket, Habit habit, TimeoutPolicy limits, BatchGetRequest request, Duration deadline)
      throws IOException {
    try (var peer = socket.peer(habit)) {
      ManagedChannel channel =
          habit == Habit.NEVER_GREETS ? Channels.open(peer.address()) : connected(peer.address());
      try {
        return failure(channel, limits, request, deadline);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private RpcException failure(
      ManagedChannel channel, TimeoutPolicy limits, BatchGetRequest request, Duration deadline) {
    var call = call(new Address.Tcp("127.0.0.1", 1), channel, request, deadline, Detail.STANDARD);
    return catchThrowableOfType(RpcException.class, () -> new Send(limits).invoke(call));
  }

  private Call<BatchGetRequest, BatchGetResponse> call(
      Address address,
      ManagedChannel channel,
      BatchGetRequest request,
      Duration deadline,
      Detail detail) {
    var key = new CallKey("gateway", "default", "user-service", "default", "BatchGet");
    var target =
        new Target(
            key,
            CallPolicy.DEFAULT.with(detail),
            governance.meters().client(key),
            governance.decisions());
    var call = new Call<>(UserServiceGrpc.getBatchGetMethod(), request, target, new Metadata());
    call.deadline(Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS));
    call.connection(
        new Connection(
            new Instance("one", "user-service", "default", address, Instance.DEFAULT_WEIGHT),
            channel,
            Health.GOOD));
    return call;
  }

  private static ManagedChannel connected(Address address) {
    ManagedChannel channel = Channels.open(address);
    Awaitility.await().until(() -> channel.getState(true) == ConnectivityState.READY);
    return channel;
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

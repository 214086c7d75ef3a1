package dev.headline.rpc.client;

import static dev.headline.rpc.client.Receiver.LARGE;
import static dev.headline.rpc.client.Receiver.LONG;
import static dev.headline.rpc.client.Receiver.PATIENT;
import static dev.headline.rpc.client.Receiver.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Execution;
import dev.headline.rpc.Phase;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.client.StallingPeer.Habit;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.user.v1.BatchGetRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each part of an attempt has its own limit, and a failure says which one it was. */
class SendTest {

  private static final Duration SHORT = Duration.ofMillis(100);

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
    RpcException failure = failureAt(socket, Habit.NEVER_GREETS, hasty(Phase.CONNECT), SMALL, LONG);

    assertFailed(failure, Phase.CONNECT, RpcCode.UNAVAILABLE, Execution.NOT_EXECUTED);
    assertThat(failure).hasMessage("There was no connection to user-service within 100 ms");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverReadsFailsTheWritingOfALargeRequest(Socket socket) throws IOException {
    RpcException failure = failureAt(socket, Habit.NEVER_READS, hasty(Phase.WRITE), LARGE, LONG);

    // Its head is out, and nobody can say from here what the peer makes of it.
    assertFailed(failure, Phase.WRITE, RpcCode.DEADLINE_EXCEEDED, Execution.UNKNOWN);
    assertThat(failure).hasMessage("user-service did not take the request within 100 ms");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatTakesNoCallForNowFailsTheWriting(Socket socket) throws IOException {
    RpcException failure = failureAt(socket, Habit.TAKES_NO_CALL, hasty(Phase.WRITE), SMALL, LONG);

    // What is called off while it is being written may go out all the same.
    assertFailed(failure, Phase.WRITE, RpcCode.DEADLINE_EXCEEDED, Execution.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverAnswersIsWaitedForUntilTheDeadline(Socket socket) throws IOException {
    RpcException failure = failureAt(socket, Habit.NEVER_ANSWERS, PATIENT, SMALL, SHORT);

    assertFailed(failure, Phase.WAIT, RpcCode.DEADLINE_EXCEEDED, Execution.UNKNOWN);
    assertThat(failure).hasMessageContaining("user-service had not answered", "wait ");
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatNeverEndsItsReplyFailsTheReading(Socket socket) throws IOException {
    RpcException failure = failureAt(socket, Habit.NEVER_ENDS, hasty(Phase.READ), SMALL, LONG);

    assertFailed(failure, Phase.READ, RpcCode.DEADLINE_EXCEEDED, Execution.UNKNOWN);
    assertThat(failure).hasMessage("user-service began its reply and did not end it within 100 ms");
  }

  @Test
  void whereNobodyListensNothingWasSent() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (var nobody = Receiver.at(new Address.Tcp("127.0.0.1", port))) {
      RpcException failure = nobody.failure(PATIENT, SMALL, LONG);

      assertFailed(failure, Phase.CONNECT, RpcCode.UNAVAILABLE, Execution.NOT_EXECUTED);
    }
  }

  @Test
  void anErrorWhileSendingEndsTheCallOnTheWireAndStaysAnError() {
    var channel = new BrokenChannel();
    var call = Receiver.over(channel).call(SMALL, LONG, Detail.STANDARD);

    assertThatThrownBy(() -> new Send(PATIENT).invoke(call))
        .isInstanceOf(NoClassDefFoundError.class);
    assertThat(channel.cancelled).isTrue();
  }

  /** Patient but for one part. */
  private static TimeoutPolicy hasty(Phase part) {
    return new TimeoutPolicy(
        LONG,
        LONG,
        part == Phase.CONNECT ? SHORT : LONG,
        part == Phase.WRITE ? SHORT : LONG,
        part == Phase.READ ? SHORT : LONG,
        Duration.ZERO);
  }

  private static RpcException failureAt(
      Socket socket, Habit habit, TimeoutPolicy limits, BatchGetRequest request, Duration deadline)
      throws IOException {
    try (var peer = socket.peer(habit);
        var receiver =
            habit == Habit.NEVER_GREETS
                ? Receiver.at(peer.address())
                : Receiver.connected(peer.address())) {
      return receiver.failure(limits, request, deadline);
    }
  }

  private static void assertFailed(
      RpcException failure, Phase during, RpcCode code, Execution execution) {
    assertThat(failure.phase()).isEqualTo(during);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.execution()).isEqualTo(execution);
  }
}

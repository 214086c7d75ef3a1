package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.MetricNames;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every call promises, whatever the transport. */
@ParameterizedClass
@EnumSource
class CallsTest extends OverEachTransport {

  CallsTest(Transport transport) {
    super(transport);
  }

  @Test
  void aCallReachesTheHandlerAndItsReplyComesBack() {
    assertThat(pair.stub.batchGet(Users.ask(1, 2)).getUsersList())
        .extracting(user -> user.getId())
        .containsExactly(1L, 2L);
  }

  @Test
  void bothSidesCountACallOnceUnderTheSameFiveTuple() {
    pair.stub.batchGet(Users.ask(1));
    pair.stub.batchGet(Users.ask(2));

    String labels =
        "[tag(code=OK), tag(from=gateway), tag(from_cluster=default), tag(method=BatchGet), "
            + "tag(to=user-service), tag(to_cluster=default)]";
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(pair.series(MetricNames.CLIENT_DURATION)).containsExactly(labels + " 2");
              assertThat(pair.series(MetricNames.SERVER_DURATION)).containsExactly(labels + " 2");
            });
  }

  @Test
  void theHandlerRunsOnAVirtualThreadAndKnowsWhoCalls() {
    users.answer =
        request ->
            Users.named(
                Thread.currentThread().isVirtual()
                    + " "
                    + RequestContext.current().caller().service());

    assertThat(pair.stub.batchGet(Users.ask()).getUsers(0).getDisplayName())
        .isEqualTo("true gateway");
  }

  @Test
  void theHandlerHasNoMoreTimeThanTheRequestHasLeft() throws Exception {
    users.answer = request -> Users.named(String.valueOf(remainingMillis()));

    try (var request = Pair.request(Duration.ofSeconds(5))) {
      String seen =
          request
              .context()
              .call(() -> pair.stub.batchGet(Users.ask()).getUsers(0).getDisplayName());
      assertThat(Long.parseLong(seen)).isBetween(1L, 5_000L);
    }
  }

  @Test
  void thePolicyBoundsACallThatNobodyElseBounds() throws IOException {
    startAnew(new Pair(CallPolicy.within(Duration.ofMillis(100))));
    users.answer = OverEachTransport::untilCancelled;

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
  }

  @Test
  void aRefusalKeepsItsCodeAndItsSentence() {
    users.answer =
        request -> {
          throw new RpcException(RpcCode.INVALID_ARGUMENT, "An id is positive");
        };

    assertThat(failureOfCall())
        .hasMessage("An id is positive")
        .extracting(RpcException::code)
        .isEqualTo(RpcCode.INVALID_ARGUMENT);
  }

  @Test
  void anUnexpectedFailureTellsTheCallerNoDetails() {
    users.answer =
        request -> {
          throw new IllegalStateException("secret");
        };

    RpcException failure = failureOfCall();
    assertThat(failure.code()).isEqualTo(RpcCode.INTERNAL);
    assertThat(failure).hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "字", "😀"})
  void aSentenceIsCutAndItsCodeAndTheOtherCallsArrive(String character) {
    var isWaiting = new CountDownLatch(1);
    var isRefused = new CountDownLatch(1);
    users.answer =
        request -> {
          if (request.getIds(0) == 2) {
            isWaiting.countDown();
            await(isRefused);
            return Users.everybody(request);
          }
          throw new RpcException(RpcCode.NOT_FOUND, "No " + character.repeat(20_000));
        };
    var other =
        CompletableFuture.supplyAsync(
            () -> pair.stub.batchGet(Users.ask(2)), command -> Thread.startVirtualThread(command));
    await(isWaiting);

    RpcException failure = failureOfCall();
    isRefused.countDown();

    assertThat(failure.code()).isEqualTo(RpcCode.NOT_FOUND);
    assertThat(failure.getMessage())
        .startsWith("No " + character.repeat(200))
        .endsWith(character + "…")
        .hasSizeBetween(511, 512);
    assertThat(other.orTimeout(15, TimeUnit.SECONDS).join().getUsersCount()).isEqualTo(1);
  }
}

package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that fail, over the wire. */
@ParameterizedClass
@EnumSource
class RetriesTest extends TwoInTurns {

  RetriesTest(Transport transport) {
    super(transport);
  }

  @Test
  void aCallThatFailsOnOneInstanceIsAnsweredByAnother() {
    users.answer =
        request -> {
          throw gone();
        };

    for (int i = 0; i < 20; i++) {
      assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    }
    assertThat(second.calls).hasValue(20);
    assertThat(users.calls).hasPositiveValue();
  }

  @Test
  void whatAnAttemptToldThatFailedIsNoPartOfTheReply() {
    users.answer =
        request -> {
          Notes notes = RequestContext.current().notes();
          notes.tellCaller("hint", "of a failure");
          notes.degraded(new Degraded("a", "B", RpcCode.INTERNAL, "no"));
          throw gone();
        };
    second.answer =
        request -> {
          RequestContext.current().notes().tellCaller("by", "second");
          return Users.everybody(request);
        };

    for (int i = 0; i < 20; i++) {
      try (var request = Pair.request(LONG)) {
        request.context().run(() -> pair.stub.batchGet(Users.ask(1)));
        Notes notes = request.context().notes();
        assertThat(notes.received("by")).isEqualTo("second");
        assertThat(notes.received("hint")).isNull();
        assertThat(notes.degraded()).isEmpty();
      }
    }
    assertThat(users.calls).hasPositiveValue();
  }

  @Test
  void anInstanceThatHangsCostsOneAttemptAndItsHandlerIsCancelled() {
    var ended = new AtomicBoolean();
    users.answer =
        request -> {
          try {
            return untilCancelled(request);
          } finally {
            ended.set(true);
          }
        };

    Awaitility.await()
        .until(
            () -> {
              assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
              return users.calls.get() > 0;
            });
    Awaitility.await().untilTrue(ended);
  }

  @Test
  void whatACallerAsksWronglyIsAskedOnce() {
    users.answer = RetriesTest::unknown;
    second.answer = RetriesTest::unknown;

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.NOT_FOUND);
    assertThat(users.calls.get() + second.calls.get()).isEqualTo(1);
  }

  @Test
  void aRetryIsNotRetriedByTheNextHop() {
    users.answer = this::behind;
    second.answer = this::behind;

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.UNAVAILABLE);
    // Two attempts of the first hop; the second of them says what it is, and so asks once.
    assertThat(users.calls.get() + second.calls.get()).isEqualTo(2 + 1);
  }

  @Test
  void aCalleeThatFailsEveryCallGetsATenthMoreAndTheFloor() throws IOException {
    long start = System.nanoTime();
    startAnew(IN_TURNS);
    users.answer =
        request -> {
          throw gone();
        };
    second.answer = users.answer;
    for (int i = 0; i < 400; i++) {
      failureOfCall();
    }
    double share = 0.1 * (warmUp + 400);
    double floor = 3 + 3 * (System.nanoTime() - start) / 1e9;

    assertThat(users.calls.get() + second.calls.get() - 400)
        .isGreaterThanOrEqualTo(40)
        .isLessThanOrEqualTo((int) (share + floor));
  }

  @Test
  void meteringAboveRetryCountsACallOnceHoweverManyAttemptsItTakes() {
    users.answer =
        request -> {
          throw gone();
        };
    Awaitility.await()
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              return users.calls.get() >= 3;
            });

    assertThat(pair.series(MetricNames.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=OK")
        .endsWith(" " + (warmUp + second.calls.get()));
  }

  @Test
  void deadlineBudgetAboveRetryBoundsAllAttemptsTogether() {
    users.answer = OverEachTransport::untilCancelled;
    second.answer = OverEachTransport::untilCancelled;
    long start = System.nanoTime();
    try (var request = Pair.request(Duration.ofMillis(300))) {
      request
          .context()
          .run(() -> assertThat(failureOfCall().code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED));
    }

    assertThat(users.calls.get() + second.calls.get()).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** Fails at once at first, and at the second attempt as what is behind it fails. */
  private BatchGetResponse behind(BatchGetRequest request) {
    if (request.getIds(0) == 1 && RequestContext.current().origin().retried()) {
      return pair.stub.batchGet(Users.ask(2));
    }
    throw gone();
  }

  private static BatchGetResponse unknown(BatchGetRequest request) {
    throw new RpcException(RpcCode.NOT_FOUND, "No such user");
  }
}

package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.Execution;
import dev.headline.rpc.FakeCallee;
import dev.headline.rpc.HandClock;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Breaker.State;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.user.v1.BatchGetResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceBreakerTest {

  private static final Duration OPEN = Duration.ofSeconds(10);
  private static final BreakerPolicy POLICY =
      new BreakerPolicy.Rates(50, 80, Duration.ofMillis(500), 10, Duration.ofSeconds(10), OPEN, 3);

  private final HandClock clock = new HandClock();
  private final OneCall calls = new OneCall(CallPolicy.DEFAULT);
  private final FakeCallee callee = new FakeCallee();
  private final ServiceBreaker breaker = new ServiceBreaker(POLICY, clock);
  private final Picked picked = new Picked(callee);

  @AfterEach
  void close() {
    picked.close();
  }

  @Test
  void faultsOpenItAndFromThenOnNothingIsCalled() {
    callee.failWith(RpcCode.INTERNAL);
    call(10);

    RpcException refusal = failureOfCall();

    assertThat(callee.calls).hasValue(10);
    assertThat(refusal.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback()).isEqualTo(Pushback.NEVER);
    assertThat(refusal)
        .hasMessage(
            OneCall.KEY
                + " is not called. The breaker is open: 10 of 10 calls failed (100 %) and 0 were"
                + " slow in the last 10 s");
    assertThat(calls.decided())
        .containsExactly("ServiceBreaker: opened", "ServiceBreaker: refused");
  }

  @Test
  void businessErrorsNeverOpenIt() {
    callee.failWith(RpcCode.NOT_FOUND);
    call(1_000);

    assertThat(callee.calls).hasValue(1_000);
    assertThat(breaker.describe()).startsWith("closed: 0 of 1000 calls failed");
  }

  @Test
  void cancelledCallsNeverOpenIt() {
    callee.failWith(RpcCode.CANCELLED);
    call(1_000);

    assertThat(breaker.describe()).startsWith("closed: 0 of 0 calls failed");
  }

  @Test
  void aServerThatShedsLoadDoesNotOpenIt() {
    callee.failWith(RpcException.refused(RpcCode.RESOURCE_EXHAUSTED, "Busy"));
    call(1_000);

    assertThat(breaker.describe()).startsWith("closed: 0 of 0 calls failed");
  }

  @Test
  void aHandlerThatHasRunOutOfSomethingOpensIt() {
    callee.failWith(RpcCode.RESOURCE_EXHAUSTED);
    call(10);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void timeoutsOpenIt() {
    callee.answer =
        _ -> {
          clock.pass(Duration.ofMillis(100));
          throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "No answer in 100 ms");
        };
    call(10);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void slowAnswersOpenIt() {
    callee.answer =
        _ -> {
          clock.pass(Duration.ofMillis(501));
          return BatchGetResponse.getDefaultInstance();
        };
    call(10);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void thatNoInstanceIsKnownDoesNotOpenIt() {
    callee.failWith(RpcException.refused(RpcCode.UNAVAILABLE, "No instance is known"));
    for (int i = 0; i < 100; i++) {
      Call<?, ?> call = calls.call();
      // That of the attempt before, which is not this attempt's.
      call.connection(picked.connection());
      var _ = catchThrowableOfType(RpcException.class, () -> breaker.handle(call, callee));
    }

    assertThat(callee.calls).hasValue(100);
  }

  @Test
  void aFaultOfThisSideSaysNothing() {
    callee.answer =
        _ -> {
          throw new IllegalStateException("A bug in a link");
        };
    for (int i = 0; i < 100; i++) {
      var _ =
          catchThrowableOfType(
              IllegalStateException.class, () -> breaker.handle(calls.call(), picked));
    }

    assertThat(breaker.describe()).startsWith("closed: 0 of 0 calls failed");
  }

  @Test
  void afterAWhileItLetsAFewThroughAndClosesWhenTheyAreAnswered() {
    callee.failWith(RpcCode.UNAVAILABLE);
    call(10);
    callee.heal();
    clock.pass(OPEN.plusNanos(1));

    call(4);

    assertThat(callee.calls).hasValue(14);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(calls.decided())
        .containsExactly(
            "ServiceBreaker: opened", "ServiceBreaker: half-opened", "ServiceBreaker: closed");
  }

  @Test
  void turnedOffItLetsEverythingThrough() {
    var off = new ServiceBreaker(new BreakerPolicy.Off(), clock);
    callee.failWith(RpcCode.INTERNAL);
    for (int i = 0; i < 200; i++) {
      var _ = catchThrowableOfType(RpcException.class, () -> off.handle(calls.call(), picked));
    }

    assertThat(callee.calls).hasValue(200);
    assertThat(off.describe()).isEqualTo("off");
  }

  private void call(int count) {
    for (int i = 0; i < count; i++) {
      try {
        breaker.handle(calls.call(), picked);
      } catch (RpcException _) {
        // What is tested is what it leads to.
      }
    }
  }

  private RpcException failureOfCall() {
    return catchThrowableOfType(RpcException.class, () -> breaker.handle(calls.call(), picked));
  }
}

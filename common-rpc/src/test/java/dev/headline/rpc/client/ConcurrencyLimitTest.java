package dev.headline.rpc.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.Call;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Execution;
import dev.headline.rpc.FakeCallee;
import dev.headline.rpc.HandClock;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.user.v1.BatchGetResponse;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final LimitPolicy ONE = new LimitPolicy(1, PATIENCE, 1);

  private final OneCall calls = new OneCall(CallPolicy.DEFAULT);
  private final FakeCallee callee = new FakeCallee();
  private final FakeTimers timers = new FakeTimers();
  private final HandClock clock = new HandClock();
  private final Turnstile turnstile = new Turnstile(1);
  private final ConcurrencyLimit limit = limit(ONE);
  private final CompletableFuture<BatchGetResponse> held = new CompletableFuture<>();

  @AfterEach
  void nothingStaysInside() {
    held.complete(BatchGetResponse.getDefaultInstance());
    await().until(() -> turnstile.inside() == 0);
    assertThat(turnstile.waiting()).isZero();
    assertThat(timers.delays()).isEmpty();
  }

  @Test
  void aCallThatNeedNotWaitIsNotDelayedAndLeavesAPlace() {
    Call<?, ?> call = calls.call();
    limit.handle(call, callee);
    limit.handle(calls.call(), callee);

    assertThat(callee.calls).hasValue(2);
    assertThat(call.queuedNanos()).isZero();
    assertThat(calls.decided()).isEmpty();
  }

  @Test
  void aCallThatFailsLeavesItsPlace() {
    callee.failWith(RpcCode.INTERNAL);

    assertThat(failureOf(calls.call()).code()).isEqualTo(RpcCode.INTERNAL);

    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void oneMoreWaitsForItsTurnAndKnowsHowLong() {
    CompletableFuture<Void> first = hold();
    Call<?, ?> call = calls.call();
    CompletableFuture<Void> second = start(call);
    await().until(() -> turnstile.waiting() == 1 && !timers.delays().isEmpty());
    assertThat(timers.delays()).containsExactly(PATIENCE);
    clock.pass(Duration.ofMillis(7));

    held.complete(BatchGetResponse.getDefaultInstance());

    first.join();
    second.join();
    assertThat(call.queuedNanos()).isEqualTo(Duration.ofMillis(7).toNanos());
    assertThat(callee.calls).hasValue(2);
  }

  @Test
  void whoWaitsTooLongIsRefusedAndWasNotExecuted() {
    var _ = hold();
    CompletableFuture<Void> second = start(calls.call());
    await().until(() -> !timers.delays().isEmpty());

    timers.ring();

    RpcException refusal = failureOf(second);
    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal)
        .hasMessage(OneCall.KEY + ": As many calls are out as may be, 1, and none ended in 20 ms");
    assertThat(calls.decided()).containsExactly("ConcurrencyLimit: refused");
    assertThat(callee.calls).hasValue(1);
  }

  @Test
  void whereEnoughWaitOneMoreIsRefusedAtOnce() {
    var _ = hold();
    var _ = start(calls.call());
    await().until(() -> turnstile.waiting() == 1);

    RpcException refusal = failureOf(calls.call());

    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(refusal).hasMessageEndingWith("and 1 wait already");
  }

  @Test
  void nobodyWaitsLongerThanTheDeadlineLeaves() {
    var _ = hold();
    ConcurrencyLimit patient = limit(new LimitPolicy(1, Duration.ofSeconds(10), 1));
    Call<?, ?> call = calls.call();
    call.deadline(Deadline.after(9, TimeUnit.SECONDS));
    CompletableFuture<Void> second = start(patient, call);

    await().until(() -> !timers.delays().isEmpty());

    assertThat(timers.delays()).allMatch(each -> each.compareTo(Duration.ofSeconds(9)) <= 0);
    timers.ring();
    assertThat(failureOf(second).code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void withoutTimeLeftNobodyWaits() {
    var _ = hold();
    Call<?, ?> call = calls.call();
    call.deadline(Deadline.after(-1, TimeUnit.MILLISECONDS));

    assertThat(failureOf(call)).hasMessageEndingWith("and there is no time to wait");
  }

  @Test
  void waitingEndsAtOnceWhenTheRequestIsCancelled() {
    var _ = hold();
    try (var request = RequestContext.open(Caller.UNKNOWN, Duration.ofMinutes(1))) {
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(
              () -> request.context().run(() -> limit.handle(calls.call(), callee)),
              Thread::startVirtualThread);
      await().until(() -> turnstile.waiting() == 1);

      request.cancel("The client left");

      RpcException end = failureOf(second);
      assertThat(end.code()).isEqualTo(RpcCode.CANCELLED);
      assertThat(end.execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    assertThat(callee.calls).hasValue(1);
    assertThat(calls.decided()).isEmpty();
  }

  @Test
  void callsThatAreOutCountUnderTheNextPolicyToo() {
    CompletableFuture<Void> first = hold();
    ConcurrencyLimit next = limit(new LimitPolicy(2, PATIENCE, 0));
    CompletableFuture<Void> second = start(next, calls.call());
    await().until(() -> turnstile.inside() == 2);

    var refusal = catchThrowableOfType(RpcException.class, () -> next.handle(calls.call(), callee));
    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);

    held.complete(BatchGetResponse.getDefaultInstance());
    first.join();
    second.join();
    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void itSaysHowManyAreOutAndHowManyWait() {
    var _ = hold();
    var _ = start(calls.call());
    await().until(() -> turnstile.waiting() == 1);

    assertThat(limit.describe()).isEqualTo("1 of 1 are out; 1 of 1 wait, for 20 ms at most");
  }

  private CompletableFuture<Void> hold() {
    callee.answer = _ -> held.join();
    CompletableFuture<Void> call = start(calls.call());
    await().until(() -> callee.calls.get() == 1);
    return call;
  }

  private CompletableFuture<Void> start(Call<?, ?> call) {
    return start(limit, call);
  }

  private CompletableFuture<Void> start(ConcurrencyLimit link, Call<?, ?> call) {
    return CompletableFuture.runAsync(() -> link.handle(call, callee), Thread::startVirtualThread);
  }

  private RpcException failureOf(Call<?, ?> call) {
    return catchThrowableOfType(RpcException.class, () -> limit.handle(call, callee));
  }

  private static RpcException failureOf(CompletableFuture<Void> call) {
    var failure = catchThrowableOfType(CompletionException.class, call::join);
    return RpcException.from(requireNonNull(failure.getCause()));
  }

  private ConcurrencyLimit limit(LimitPolicy policy) {
    return new ConcurrencyLimit(policy, turnstile, timers, clock);
  }
}

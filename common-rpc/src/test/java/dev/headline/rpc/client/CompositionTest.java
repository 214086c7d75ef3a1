package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.FakeCallee;
import dev.headline.rpc.HandClock;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Breaker.State;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.user.v1.BatchGetResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the links mean to each other, in the order in which they stand. */
class CompositionTest {

  private static final BreakerPolicy TEN_CALLS =
      new BreakerPolicy.Rates(
          50, 80, Duration.ofMillis(500), 10, Duration.ofSeconds(10), Duration.ofSeconds(10), 3);

  private final OneCall calls = new OneCall(CallPolicy.DEFAULT);
  private final FakeCallee callee = new FakeCallee();
  private final HandClock clock = new HandClock();
  private final TryAgain retry = new TryAgain();
  private final Turnstile turnstile = new Turnstile(1);
  private final ConcurrencyLimit limit =
      new ConcurrencyLimit(
          new LimitPolicy(1, Duration.ZERO, 0), turnstile, new FakeTimers(), clock);
  private final ServiceBreaker breaker = new ServiceBreaker(TEN_CALLS, clock);
  private final Picked picked = new Picked(callee);

  @AfterEach
  void close() {
    picked.close();
  }

  @Test
  void retryAboveConcurrencyLimitTriesAgainWhatGotNoTurn() {
    var held = new CompletableFuture<BatchGetResponse>();
    callee.answer = _ -> held.join();
    Endpoint chain = Middleware.chain(List.of(retry, limit), callee);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> chain.invoke(calls.call()), Thread::startVirtualThread);
    await().until(() -> callee.calls.get() == 1);
    retry.between =
        () -> {
          held.complete(BatchGetResponse.getDefaultInstance());
          await().until(() -> turnstile.inside() == 0);
        };

    chain.invoke(calls.call());

    first.join();
    assertThat(callee.calls).hasValue(2);
    assertThat(retry.attempts).hasValue(3);
  }

  @Test
  void concurrencyLimitBeneathRetryHoldsNoPlaceBetweenAttempts() {
    callee.failWith(RpcException.refused(RpcCode.UNAVAILABLE, "Connection refused"));
    retry.between = () -> assertThat(turnstile.inside()).isZero();
    Endpoint chain = Middleware.chain(List.of(retry, limit), callee);

    var _ = catchThrowableOfType(RpcException.class, () -> chain.invoke(calls.call()));

    assertThat(callee.calls).hasValue(TryAgain.MOST);
  }

  @Test
  void serviceBreakerBeneathRetryHearsOfEveryAttemptAndEndsTheLoopOnceOpen() {
    callee.failWith(RpcException.refused(RpcCode.UNAVAILABLE, "Connection refused"));
    Endpoint chain = Middleware.chain(List.of(retry, breaker), picked);
    for (int call = 0; call < 3; call++) {
      var _ = catchThrowableOfType(RpcException.class, () -> chain.invoke(calls.call()));
    }
    assertThat(callee.calls).hasValue(9);
    retry.attempts.set(0);

    var failure = catchThrowableOfType(RpcException.class, () -> chain.invoke(calls.call()));

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(callee.calls).hasValue(10);
    assertThat(retry.attempts).as("The second is refused, and there is no third").hasValue(2);
    assertThat(failure).hasMessageContaining("The breaker is open");
  }

  @Test
  void concurrencyLimitAboveServiceBreakerRefusesWithoutATrace() {
    var held = new CompletableFuture<BatchGetResponse>();
    callee.answer = _ -> held.join();
    Endpoint chain = Middleware.chain(List.of(limit, breaker), picked);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> chain.invoke(calls.call()), Thread::startVirtualThread);
    await().until(() -> callee.calls.get() == 1);

    for (int i = 0; i < 100; i++) {
      var refusal = catchThrowableOfType(RpcException.class, () -> chain.invoke(calls.call()));
      assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    }

    assertThat(breaker.describe()).startsWith("closed: 0 of 0 calls failed");
    held.complete(BatchGetResponse.getDefaultInstance());
    first.join();
  }

  /** Tries three times what was not executed, unless it is told not to. */
  private static final class TryAgain implements Middleware {

    static final int MOST = 3;

    final AtomicInteger attempts = new AtomicInteger();
    volatile Runnable between = () -> {};

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      for (int attempt = 1; ; attempt++) {
        attempts.incrementAndGet();
        try {
          return next.invoke(call);
        } catch (RpcException e) {
          boolean again =
              e.execution() == Execution.NOT_EXECUTED && !(e.pushback() instanceof Pushback.Never);
          if (!again || attempt == MOST) {
            throw e;
          }
        }
        between.run();
      }
    }
  }
}

package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending again, with the links around it. */
class RetryCompositionTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  // No part of a call has a limit that a cold machine could reach.
  private static final CallPolicy POLICY =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ZERO))
          .with(new HedgePolicy.Off())
          .with(new BudgetPolicy(100, 1_000))
          .with(new RetryPolicy.Backoff(5, Duration.ZERO, Duration.ZERO))
          .with(new BalancePolicy.WeightedRoundRobin())
          .with(new BreakerPolicy.Off())
          .with(new EjectionPolicy.Off());

  private final Users users = new Users();
  private final AtomicInteger failing = new AtomicInteger();
  private Pair pair = new Pair(POLICY);

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void retryAboveConcurrencyLimitGivesTheTurnOfEachAttemptBackBeforeTheNext() throws IOException {
    serve(POLICY.with(new LimitPolicy(1, Duration.ZERO, 0)));
    failing.set(5);

    assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    assertThat(users.calls).hasValue(6);
  }

  @Test
  void retryAboveServiceBreakerMakesEachAttemptASampleAndEndsWhenItOpens() throws IOException {
    serve(
        POLICY.with(
            new BreakerPolicy.Rates(
                50,
                100,
                Duration.ofSeconds(10),
                4,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                1)));
    failing.set(Integer.MAX_VALUE);

    var failure = catchThrowable(() -> pair.stub.batchGet(Users.ask(1)));

    assertThat(users.calls).hasValue(4);
    assertThat(RpcException.from(failure))
        .hasMessage("Gone")
        .extracting(RpcException::pushback)
        .isEqualTo(Pushback.NEVER);
  }

  @Test
  void hedgeAboveConcurrencyLimitAndPickLetsACancelledLoserHarmNobody() throws IOException {
    var second = new Users();
    serve(
        POLICY
            .with(new RetryPolicy.Off())
            .with(new HedgePolicy.AtPercentile(95, Duration.ofMillis(20), Duration.ofSeconds(1), 5))
            .with(new LimitPolicy(2, Duration.ZERO, 0))
            .with(EjectionPolicy.DEFAULT)
            .with(BreakerPolicy.DEFAULT));
    second.answer = this::answer;
    pair.serve(second, Transport.TCP.address());
    warm(second);
    var hung = new AtomicInteger(1);
    users.answer =
        request ->
            hung.getAndDecrement() > 0
                ? OverEachTransport.untilCancelled(request)
                : Users.everybody(request);

    Awaitility.await()
        .until(
            () -> {
              // A turn that the loser kept, or a fault that it left, would fail one of these.
              assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
              return hung.get() < -20;
            });
  }

  private void serve(CallPolicy policy) throws IOException {
    pair.close();
    pair = new Pair(policy);
    users.answer = this::answer;
    pair.serve(users, Transport.TCP.address());
  }

  private void warm(Users second) {
    var calls = new AtomicInteger();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              return calls.incrementAndGet() > 100 && second.calls.get() > 0;
            });
  }

  private BatchGetResponse answer(BatchGetRequest request) {
    if (failing.getAndDecrement() > 0) {
      throw new RpcException(RpcCode.UNAVAILABLE, "Gone");
    }
    return Users.everybody(request);
  }
}

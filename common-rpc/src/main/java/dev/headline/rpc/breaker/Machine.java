package dev.headline.rpc.breaker;

import dev.headline.rpc.policy.BreakerPolicy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** resilience4j's state machine, set up as a policy wants it. */
final class Machine {

  private static final Duration LONGEST_HALF_OPEN = Duration.ofMinutes(1);

  private Machine() {}

  /**
   * How long a breaker waits for its probes: a minute, or as long as it was open if that is more.
   * Then it closes, because a five-tuple with so few calls would never have opened it.
   */
  static Duration longestHalfOpen(BreakerPolicy.Rates policy) {
    return policy.open().compareTo(LONGEST_HALF_OPEN) > 0 ? policy.open() : LONGEST_HALF_OPEN;
  }

  /**
   * @param nanoClock by which it tells time
   * @param longestHalfOpen after which it closes if its probes have decided nothing; above 0,
   *     because with 0 resilience4j stays half-open for ever
   */
  static CircuitBreaker of(
      BreakerPolicy.Rates policy, LongSupplier nanoClock, Duration longestHalfOpen) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .clock(new NanoClock(nanoClock))
            .currentTimestampFunction(_ -> nanoClock.getAsLong(), TimeUnit.NANOSECONDS)
            .slidingWindow(
                Math.toIntExact(policy.window().toSeconds()),
                policy.minimumCalls(),
                SlidingWindowType.TIME_BASED,
                // The other strategy tells time by the system's clock, whatever clock it is given.
                SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
            .failureRateThreshold((float) policy.failurePercent())
            .slowCallRateThreshold((float) policy.slowPercent())
            .slowCallDurationThreshold(policy.slowAfter())
            .waitDurationInOpenState(policy.open())
            .permittedNumberOfCallsInHalfOpenState(policy.probes())
            .maxWaitDurationInHalfOpenState(longestHalfOpen)
            .transitionToStateAfterWaitDuration(CircuitBreaker.State.CLOSED)
            .writableStackTraceEnabled(false)
            .build();
    return CircuitBreaker.of("breaker", config);
  }
}

package dev.headline.rpc.breaker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.HandClock;
import dev.headline.rpc.breaker.Breaker.State;
import dev.headline.rpc.policy.BreakerPolicy;
import java.time.Duration;

/** A breaker, by a clock that a test moves. */
abstract class Guarded {

  static final Duration OPEN = Duration.ofSeconds(5);
  static final long QUICK = Duration.ofMillis(1).toNanos();
  static final long SLOW = Duration.ofMillis(501).toNanos();

  final HandClock clock = new HandClock();
  final Breaker breaker = new Breaker(policy(10, 3), clock);

  void open() {
    end(10, Testimony.AGAINST);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  void halfOpen() {
    open();
    clock.pass(OPEN.plusNanos(1));
    end(1, Testimony.NONE);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  /** Of so many calls, or of as many as are let through. */
  void end(int count, Testimony testimony) {
    for (int i = 0; i < count; i++) {
      Object permit = breaker.tryEnter();
      if (permit != null) {
        end(permit, testimony, QUICK);
      }
    }
  }

  void end(Object permit, Testimony testimony, long nanos) {
    breaker.leave(permit, testimony, nanos);
  }

  Object enter() {
    return requireNonNull(breaker.tryEnter());
  }

  static BreakerPolicy.Rates policy(int minimumCalls, int probes) {
    return new BreakerPolicy.Rates(
        50, 80, Duration.ofMillis(500), minimumCalls, Duration.ofSeconds(10), OPEN, probes);
  }
}

package dev.headline.rpc.breaker;

import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.words.Figures;
import io.github.resilience4j.core.metrics.Metrics.Outcome;
import io.github.resilience4j.core.metrics.SlidingTimeWindowMetrics;
import io.github.resilience4j.core.metrics.Snapshot;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one instance lately, as one policy counts them: in resilience4j's sliding window,
 * and the faults in a row. Safe for many threads.
 */
final class Window {

  private final EjectionPolicy.Rates policy;
  private final SlidingTimeWindowMetrics calls;
  private final AtomicInteger inARow = new AtomicInteger();

  Window(EjectionPolicy.Rates policy, NanoClock clock) {
    this.policy = policy;
    this.calls = new SlidingTimeWindowMetrics(Math.toIntExact(policy.window().toSeconds()), clock);
  }

  EjectionPolicy.Rates policy() {
    return policy;
  }

  /** Hears of a call that was answered. */
  void heardFor() {
    calls.record(0, TimeUnit.NANOSECONDS, Outcome.SUCCESS);
    if (inARow.get() != 0) {
      inARow.set(0);
    }
  }

  /**
   * Hears of a fault.
   *
   * @return why this is too much; null if it is not
   */
  @Nullable String heardAgainst() {
    Snapshot lately = calls.record(0, TimeUnit.NANOSECONDS, Outcome.ERROR);
    int faults = inARow.incrementAndGet();
    if (faults >= policy.consecutive()) {
      return faults + " of its calls failed in a row";
    }
    return lately.getTotalNumberOfCalls() >= policy.minimumCalls()
            && lately.getFailureRate() >= policy.failurePercent()
        ? "%s in the last %s"
            .formatted(
                failed(lately.getNumberOfFailedCalls(), lately.getTotalNumberOfCalls()),
                Figures.span(policy.window()))
        : null;
  }

  /** The share of a part, such as {@code 3 of 87 calls failed (3.4 %)}. */
  static String failed(int part, int all) {
    return "%d of %d calls failed (%s)".formatted(part, all, Figures.share(part, all));
  }
}

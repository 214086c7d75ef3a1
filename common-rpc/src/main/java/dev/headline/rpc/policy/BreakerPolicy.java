package dev.headline.rpc.policy;

import java.time.Duration;

/** When a client stops calling a service for a while because its calls fail or are slow. */
public sealed interface BreakerPolicy {

  /** What holds where no rule says otherwise. */
  BreakerPolicy DEFAULT =
      new Rates(
          50, 80, Duration.ofMillis(500), 100, Duration.ofSeconds(10), Duration.ofSeconds(10), 5);

  /** Never. */
  record Off() implements BreakerPolicy {}

  /**
   * By rates in a sliding window. Only faults of the callee count, never business errors.
   *
   * @param failurePercent opens at this share of faults; above 0, up to 100
   * @param slowPercent opens at this share of slow calls; above 0, up to 100
   * @param slowAfter how long a call takes to be slow; 1 ms to 10 min
   * @param minimumCalls how many calls the window holds at least before it is judged; 1 to 100,000
   * @param window how far back it looks; 1 s to 5 min, in whole seconds
   * @param open how long it stays open; 100 ms to 10 min
   * @param probes how many calls are then let through; it is decided by all of them, or by the
   *     first {@code minimumCalls} if those are fewer. 1 to 100
   */
  record Rates(
      double failurePercent,
      double slowPercent,
      Duration slowAfter,
      int minimumCalls,
      Duration window,
      Duration open,
      int probes)
      implements BreakerPolicy {

    public Rates {
      Bounds.percent("breaker.failure-percent", failurePercent, 100);
      Bounds.percent("breaker.slow-percent", slowPercent, 100);
      Bounds.time("breaker.slow-after", slowAfter, Duration.ofMillis(1), Duration.ofMinutes(10));
      Bounds.seconds("breaker.window", window, Duration.ofSeconds(1), Duration.ofMinutes(5));
      Bounds.time("breaker.open", open, Duration.ofMillis(100), Duration.ofMinutes(10));
      Bounds.count("breaker.minimum-calls", minimumCalls, 1, 100_000);
      Bounds.count("breaker.probes", probes, 1, 100);
    }
  }
}

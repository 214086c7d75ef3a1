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
      percent("failure-percent", failurePercent);
      percent("slow-percent", slowPercent);
      between("slow-after", slowAfter, Duration.ofMillis(1), Duration.ofMinutes(10));
      between("window", window, Duration.ofSeconds(1), Duration.ofMinutes(5));
      if (window.toNanosPart() != 0) {
        throw new IllegalArgumentException(
            "breaker.window is counted in whole seconds, but this one is " + window);
      }
      between("open", open, Duration.ofMillis(100), Duration.ofMinutes(10));
      count("minimum-calls", minimumCalls, 100_000);
      count("probes", probes, 100);
    }

    private static void percent(String name, double value) {
      if (!(value > 0 && value <= 100)) {
        throw new IllegalArgumentException(
            "breaker.%s is above 0 and up to 100, but this one is %s".formatted(name, value));
      }
    }

    private static void count(String name, int value, int most) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(
            "breaker.%s is 1 to %d, but this one is %d".formatted(name, most, value));
      }
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "breaker.%s is %s to %s, but this one is %s".formatted(name, least, most, value));
      }
    }
  }
}

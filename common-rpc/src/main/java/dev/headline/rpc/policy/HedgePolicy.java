package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * Whether a call that is slow is sent a second time, to another instance, while the first is still
 * out. Only methods without side effects and idempotent ones are.
 *
 * @see <a href="https://research.google/pubs/the-tail-at-scale/">Dean, Barroso: The Tail at
 *     Scale</a>
 */
public sealed interface HedgePolicy {

  /** What holds where no rule says otherwise. */
  HedgePolicy DEFAULT = new AtPercentile(95, Duration.ofMillis(10), Duration.ofSeconds(1), 5);

  /** Never twice at once. */
  record Off() implements HedgePolicy {}

  /**
   * Once a call has taken longer than most calls of the same five-tuple lately did.
   *
   * @param percentile how many calls in a hundred are faster than what is waited for; 50 to 99.9
   * @param shortest the wait is never below it; 0 to 10 min
   * @param longest nor above it; {@code shortest} to 10 min
   * @param extraPercent how many hedges there may be for each hundred calls; above 0, up to 50
   */
  record AtPercentile(double percentile, Duration shortest, Duration longest, double extraPercent)
      implements HedgePolicy {

    private static final Duration MOST = Duration.ofMinutes(10);

    public AtPercentile {
      if (!(percentile >= 50 && percentile <= 99.9)) {
        throw new IllegalArgumentException(
            "hedge.percentile is 50 to 99.9, but this one is " + percentile);
      }
      if (shortest.isNegative() || shortest.compareTo(longest) > 0 || longest.compareTo(MOST) > 0) {
        throw new IllegalArgumentException(
            "hedge.shortest and hedge.longest are 0 to 10 min, the shortest not above the longest,"
                + " but these are %s and %s".formatted(shortest, longest));
      }
      if (!(extraPercent > 0 && extraPercent <= 50)) {
        throw new IllegalArgumentException(
            "hedge.extra-percent is above 0 and up to 50, but this one is " + extraPercent);
      }
    }
  }
}

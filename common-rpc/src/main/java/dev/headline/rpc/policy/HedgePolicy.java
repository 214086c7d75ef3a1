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
      Bounds.number("hedge.percentile", percentile, 50, 99.9);
      Bounds.ascending("hedge", "shortest", shortest, "longest", longest, MOST);
      Bounds.percent("hedge.extra-percent", extraPercent, 50);
    }
  }
}

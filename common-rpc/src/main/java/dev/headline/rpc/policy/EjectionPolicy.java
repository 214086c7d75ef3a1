package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * When a client passes over one instance for a while because its calls fail, while its siblings go
 * on. The last instance is never passed over.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A50-xds-outlier-detection.md">gRFC
 *     A50</a>
 */
public sealed interface EjectionPolicy {

  /** What holds where no rule says otherwise. */
  EjectionPolicy DEFAULT = new Rates(50, 10, 5, Duration.ofSeconds(10), Duration.ofSeconds(5), 50);

  /**
   * Never. Instances that are passed over because of other calls of the client are passed over all
   * the same, but these calls say nothing about any.
   */
  record Off() implements EjectionPolicy {}

  /**
   * By rates in a sliding window, or by faults in a row, whichever comes first.
   *
   * @param failurePercent ejects at this share of faults; above 0, up to 100
   * @param minimumCalls how many calls the window holds at least before it is judged; 1 to 100,000
   * @param consecutive ejects after this many faults in a row, however few calls there were; 1 to
   *     1,000
   * @param window how far back it looks; 1 s to 5 min, in whole seconds
   * @param open how long until one request may probe the instance, and again as long until one of a
   *     method that is not idempotent may; 100 ms to 10 min
   * @param mostPercent how many of a cluster's instances may be ejected at a time; 0 to 50
   */
  record Rates(
      double failurePercent,
      int minimumCalls,
      int consecutive,
      Duration window,
      Duration open,
      double mostPercent)
      implements EjectionPolicy {

    public Rates {
      Bounds.percent("ejection.failure-percent", failurePercent, 100);
      Bounds.number("ejection.most-percent", mostPercent, 0, 50);
      Bounds.count("ejection.minimum-calls", minimumCalls, 1, 100_000);
      Bounds.count("ejection.consecutive", consecutive, 1, 1_000);
      Bounds.seconds("ejection.window", window, Duration.ofSeconds(1), Duration.ofMinutes(5));
      Bounds.time("ejection.open", open, Duration.ofMillis(100), Duration.ofMinutes(10));
    }
  }
}

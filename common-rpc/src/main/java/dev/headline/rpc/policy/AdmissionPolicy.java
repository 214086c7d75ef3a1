package dev.headline.rpc.policy;

/**
 * How many requests a server works on at a time; what is above it is refused before it is begun.
 */
public sealed interface AdmissionPolicy {

  /** What holds where no rule says otherwise. */
  AdmissionPolicy DEFAULT = new Adaptive(20, 10, 1_000, 50);

  /** All that come. */
  record Off() implements AdmissionPolicy {}

  /**
   * As many as latency shows that it can bear.
   *
   * @param initial the limit at first; {@code least} to {@code most}
   * @param least the limit is never below it; 1 or more
   * @param most nor above it; up to 100,000
   * @param callerPercent the share of the limit that one caller may use while others want it; above
   *     0, up to 100
   * @see <a href="https://github.com/Netflix/concurrency-limits">Netflix: concurrency-limits</a>
   */
  record Adaptive(int initial, int least, int most, double callerPercent)
      implements AdmissionPolicy {

    public Adaptive {
      if (least < 1 || initial < least || most < initial || most > 100_000) {
        throw new IllegalArgumentException(
            "admission needs 1 <= least <= initial <= most <= 100000, but has %d, %d and %d"
                .formatted(least, initial, most));
      }
      Bounds.percent("admission.caller-percent", callerPercent, 100);
    }
  }
}

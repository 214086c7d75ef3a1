package dev.headline.rpc.telemetry;

import dev.headline.rpc.CallKey;
import io.micrometer.core.instrument.Counter;
import java.util.HashSet;
import java.util.Set;

/**
 * Bounds how many five-tuples have series of their own. Who calls is said by the caller, so without
 * a bound a stranger could fill the memory here and wherever the metrics go. Those past the bound
 * share one series: nothing goes uncounted. Safe for many threads.
 */
final class SeriesCap {

  /** What stands in each label past the bound. */
  static final CallKey OVERFLOW =
      new CallKey("overflow", "overflow", "overflow", "overflow", "overflow");

  private final int most;
  private final Counter overflow;
  private final Set<CallKey> admitted = new HashSet<>();
  private final Set<CallKey> turnedAway = new HashSet<>();

  /**
   * @param most how many five-tuples have their own; 1 or more
   * @param overflow counts those past the bound; of them, too, only so many are told apart
   */
  SeriesCap(int most, Counter overflow) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "At least one five-tuple must have series, but the bound is " + most);
    }
    this.most = most;
    this.overflow = overflow;
  }

  /** Gives a five-tuple its own even past the bound; for those whose number no stranger raises. */
  synchronized void keep(CallKey key) {
    admitted.add(key);
  }

  /** The five-tuple that labels the series of this one: itself, or {@link #OVERFLOW}. */
  synchronized CallKey admit(CallKey key) {
    if (admitted.contains(key)) {
      return key;
    }
    if (admitted.size() < most) {
      admitted.add(key);
      return key;
    }
    if (turnedAway.size() < most && turnedAway.add(key)) {
      overflow.increment();
    }
    return OVERFLOW;
  }
}

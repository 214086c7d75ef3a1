package dev.headline.rpc.balance;

import java.time.Duration;

/**
 * How a new instance is brought to its full share: from a tenth of its weight in a straight line to
 * all of it, so that its caches and its just-in-time compiler keep up. The idea is Envoy's.
 *
 * @param window from the first call to the full share; zero for at once, at most an hour
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/slow_start">Envoy:
 *     Slow start mode</a>
 */
public record SlowStart(Duration window) {

  /** What holds where nothing else is said. */
  public static final SlowStart DEFAULT = new SlowStart(Duration.ofSeconds(30));

  /** Every instance has its full share at once. */
  public static final SlowStart NONE = new SlowStart(Duration.ZERO);

  private static final double LEAST = 0.1;

  public SlowStart {
    if (window.isNegative() || window.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "A new instance has its full share after 0 to 60 min, but this is " + window);
    }
  }

  /**
   * The part of its weight that counts, 0.1 to 1.
   *
   * @param since when the instance began to take calls, on the nanosecond clock
   * @param now the same clock's reading
   */
  public double factor(long since, long now) {
    long age = Math.max(0, now - since);
    long whole = window.toNanos();
    return age >= whole ? 1 : LEAST + (1 - LEAST) * age / whole;
  }

  /**
   * A beginning so long ago that the full weight counts: for the instances that a client finds when
   * it starts. They are no news to anybody else, and there is none to compare them with.
   */
  public long established(long now) {
    return now - window.toNanos();
  }
}

package dev.headline.rpc.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How busy and how slow one instance is, as seen by one caller. Safe for use by many threads, and
 * takes no lock.
 *
 * <p>The latency is a moving average that rises at once to a peak and falls slowly: bad news is
 * believed immediately, good news only when it lasts. This is Finagle's peak-EWMA. Without answers
 * it falls towards zero, so that an instance that was slow is tried again some day.
 *
 * @see <a
 *     href="https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/loadbalancer/PeakEwma.scala">Finagle:
 *     PeakEwma</a>
 */
public final class Load {

  /** A failure counts as an answer that took this many times the average. */
  private static final double FAILURE_FACTOR = 4;

  /** What the average is taken for at least, and at most, when a failure is counted. */
  private static final double FAILURE_FLOOR = Duration.ofMillis(1).toNanos();

  private static final double FAILURE_CEILING = Duration.ofSeconds(2).toNanos();

  /** Time is kept in steps of 2^20 ns, about a millisecond, so that it fits beside the average. */
  private static final int STEP_BITS = 20;

  private final AtomicInteger inFlight;
  private final double decaySteps;

  // The average in nanoseconds, as a float, in the upper half; when it was so, in the lower half.
  // Zero: never measured.
  private final AtomicLong average = new AtomicLong();

  /**
   * @param inFlight how many calls the instance has to answer; may be shared by several that keep
   *     their latencies apart
   * @param decay the time in which the average forgets 63 % of what it was; at least 1 ms
   */
  public Load(AtomicInteger inFlight, Duration decay) {
    this.inFlight = inFlight;
    this.decaySteps = decay.toNanos() / (double) (1 << STEP_BITS);
    if (decaySteps < 0.9) {
      throw new IllegalArgumentException(
          "A latency is forgotten over 1 ms or more, but this is " + decay);
    }
  }

  /** Counts a call that begins; exactly one of the three methods that end it must follow. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /**
   * Ends a call that was answered, be it by a refusal of what was asked.
   *
   * @param elapsed nanoseconds
   * @param now the reading of the nanosecond clock at its end
   */
  public void answered(long elapsed, long now) {
    inFlight.decrementAndGet();
    observe((double) elapsed, now);
  }

  /**
   * Ends a call that failed by the instance's fault. However quick, it counts as slow: an instance
   * that fails at once would otherwise draw all calls to itself.
   */
  public void failed(long elapsed, long now) {
    inFlight.decrementAndGet();
    double punished = FAILURE_FACTOR * Math.max(FAILURE_FLOOR, latency(now));
    observe(Math.max((double) elapsed, Math.min(punished, FAILURE_CEILING)), now);
  }

  /**
   * Ends a call whose answer nobody waits for any more. It would have taken longer than it did, so
   * it may raise the average but not lower it.
   */
  public void cancelled(long elapsed, long now) {
    inFlight.decrementAndGet();
    if (elapsed > latency(now)) {
      observe((double) elapsed, now);
    }
  }

  /** How many calls the instance has to answer. */
  public int inFlight() {
    return inFlight.get();
  }

  /** The average as of now, in nanoseconds; 0 if there has been no answer. */
  public double latency(long now) {
    long state = average.get();
    return nanos(state) * kept(state, step(now));
  }

  private void observe(double elapsed, long now) {
    int step = step(now);
    long before;
    long after;
    do {
      before = average.get();
      after = pack(blend(before, elapsed, step), step);
    } while (!average.compareAndSet(before, after));
  }

  private double blend(long state, double elapsed, int step) {
    double old = nanos(state);
    if (elapsed > old) {
      return elapsed;
    }
    double kept = kept(state, step);
    return old * kept + elapsed * (1 - kept);
  }

  /** The part of the average that is not forgotten. */
  private double kept(long state, int step) {
    int steps = step - (int) state;
    return steps <= 0 ? 1 : Math.exp(-steps / decaySteps);
  }

  private static long pack(double nanos, int step) {
    return (long) Float.floatToRawIntBits((float) nanos) << Integer.SIZE
        | Integer.toUnsignedLong(step);
  }

  private static double nanos(long state) {
    return Float.intBitsToFloat((int) (state >>> Integer.SIZE));
  }

  private static int step(long now) {
    return (int) (now >> STEP_BITS);
  }
}

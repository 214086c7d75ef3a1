package dev.headline.rpc.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a handler usually takes: a running median that forgets. Each sample moves it a twentieth
 * towards itself, whatever the sample's size, so one that is very slow counts no more than one that
 * is a little slow. It takes no lock and one number.
 *
 * @see <a href="https://arxiv.org/abs/1407.1121">Ma, Muthukrishnan, Sandler: Frugal Streaming for
 *     Estimating Quantiles</a>
 */
final class MedianEstimate {

  /** Below this there is no estimate. */
  static final int FEWEST_SAMPLES = 50;

  private static final double STEP = 1.05;

  private final AtomicLong nanos = new AtomicLong();
  // Stops counting once there are enough.
  private volatile int samples;

  // A sample that is lost, because two come at once, is no matter.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void add(long tookNanos) {
    long now = nanos.get();
    if (now == 0) {
      nanos.compareAndSet(0, Math.max(1, tookNanos));
    } else if (tookNanos > now) {
      nanos.compareAndSet(now, (long) Math.ceil(now * STEP));
    } else if (tookNanos < now) {
      nanos.compareAndSet(now, Math.max(1, (long) (now / STEP)));
    }
    if (samples < FEWEST_SAMPLES) {
      samples++;
    }
  }

  /** The estimate in nanoseconds; 0 while there are too few samples. */
  long nanos() {
    return samples < FEWEST_SAMPLES ? 0 : nanos.get();
  }
}

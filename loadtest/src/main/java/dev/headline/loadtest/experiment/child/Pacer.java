package dev.headline.loadtest.experiment.child;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The open model: work begins at a rate, whether or not what began before has ended. Who comes late
 * to their turn begins at once, so that the rate holds.
 */
public final class Pacer {

  private static final long NANOS = 1_000_000_000;

  private Pacer() {}

  /**
   * Begins work at a rate; returns when the last has begun.
   *
   * @param perSecond the rate
   * @param time how long
   * @param begin is given when it was due, by {@link System#nanoTime()}; must not block
   * @return how often work began
   */
  public static int pace(int perSecond, Duration time, LongConsumer begin) {
    int count = (int) (perSecond * time.toNanos() / NANOS);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * NANOS / perSecond;
      for (long left; (left = due - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(left);
      }
      begin.accept(due);
    }
    return count;
  }
}

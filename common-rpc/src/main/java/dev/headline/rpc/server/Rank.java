package dev.headline.rpc.server;

import dev.headline.rpc.Priority;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one priority at a server: how many it works on, and how far they may fill it.
 * What they may not fill is kept for those that matter more. Safe for many threads.
 */
final class Rank {

  /** For so long after a refusal there is somebody who wants room. */
  private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Priority priority;
  private final int percent;
  private final @Nullable Rank above;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private volatile long wantedAt;

  /**
   * @param percent of the limit, up to which all requests together may be when one of these comes
   * @param above those that matter more; null if there are none
   * @param now what the clock shows
   */
  Rank(Priority priority, int percent, @Nullable Rank above, long now) {
    this.priority = priority;
    this.percent = percent;
    this.above = above;
    this.wantedAt = now - WANTED_NANOS;
  }

  /** How many requests there may be, this one included, when one of these is let in. */
  int ceiling(int limit) {
    return ceil(limit, percent);
  }

  /** A share of the limit, rounded up, so that it is never nothing. */
  static int ceil(int limit, double percent) {
    return (int) Math.ceil(limit * percent / 100);
  }

  /** Notes that a caller within its share found no room. */
  void want(long now) {
    wantedAt = now;
  }

  /** Whether a caller within its share lately found no room for what matters as much, or more. */
  boolean isWanted(long now) {
    return now - wantedAt < WANTED_NANOS || (above != null && above.isWanted(now));
  }

  void entered() {
    inFlight.incrementAndGet();
  }

  void left() {
    inFlight.decrementAndGet();
  }

  void refuse() {
    refused.increment();
  }

  int inFlight() {
    return inFlight.get();
  }

  String describe(int limit) {
    return "%s %d, let in up to %d of %d in all (%d%%), %d refused so far"
        .formatted(priority, inFlight.get(), ceiling(limit), limit, percent, refused.sum());
  }
}

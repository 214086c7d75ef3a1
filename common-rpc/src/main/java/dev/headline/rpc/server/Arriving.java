package dev.headline.rpc.server;

import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of one server whose requests have begun to come and are not complete. They are not
 * admitted yet and cost no thread, but what has come of them is kept; so there is a bound on how
 * many there are, and on how long each has. An ordinary request is complete at once: it comes in
 * the same packet as what announces it. Safe for many threads; takes no lock.
 */
final class Arriving {

  /** A message has at most 1 MiB, so all of them together have at most 256 MiB. */
  static final int MOST = 256;

  /** How long a request may take from its headers to its end. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Timers.Source timers;
  private final AtomicInteger count = new AtomicInteger();

  Arriving(Timers.Source timers) {
    this.timers = timers;
  }

  /** One more has begun, unless there are too many. */
  boolean begin() {
    if (count.incrementAndGet() <= MOST) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  /** One that had begun is complete, or will never be. */
  void end() {
    count.decrementAndGet();
  }

  /** Runs work on the timers' thread if a request that begins now is not complete in time. */
  Timers.Alarm ifLate(Runnable work) {
    return timers.in(PATIENCE, work);
  }

  int count() {
    return count.get();
  }
}

package dev.headline.rpc.retry;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells attempts that they have taken too long. All attempts of a chain wait about equally long, so
 * they come due in the order in which they began, and one timer does for all of them: a timer for
 * each would cost more than all the rest of this link, and most would be cancelled anyway.
 *
 * <p>When the delay has shrunk, an attempt may be told as late as those before it. Safe for many
 * threads; takes no lock.
 */
final class Patience {

  /** An attempt that waits to be told. */
  interface Waiting {

    /** When it has taken too long, by the clock of {@link Clockwork}. */
    long due();

    /** Whether it need not be told any more. */
    boolean isOver();

    /** Tells it; must not block. */
    void tooLong();
  }

  private static final Logger log = LoggerFactory.getLogger(Patience.class);

  private final Clockwork clockwork;
  private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();

  /** Whether somebody looks after the queue: a timer, or the thread that sets it. */
  private final AtomicBoolean tended = new AtomicBoolean();

  Patience(Clockwork clockwork) {
    this.clockwork = clockwork;
  }

  /** Begins to wait. */
  void add(Waiting attempt) {
    queue.add(attempt);
    if (!tended.get() && tended.compareAndSet(false, true)) {
      tend();
    }
  }

  private static void tell(Waiting attempt) {
    try {
      if (!attempt.isOver()) {
        attempt.tooLong();
      }
    } catch (RuntimeException e) {
      // Only this one has no second attempt then; the others still wait for theirs.
      log.error("An attempt could not be told that it takes too long", e);
    }
  }

  private void comeBack(long nanos) {
    try {
      clockwork.alarms().in(Duration.ofNanos(nanos), this::tend);
    } catch (RuntimeException e) {
      // Whoever is added next tries again; until then nobody is told, which harms no call.
      tended.set(false);
      log.error("No alarm could be set for attempts that take too long", e);
    }
  }

  /** Tells all that are due, and comes back for the next; never on two threads at once. */
  private void tend() {
    do {
      for (Waiting first = queue.peek(); first != null; first = queue.peek()) {
        long left = first.due() - clockwork.now();
        if (!first.isOver() && left > 0) {
          comeBack(left);
          return;
        }
        queue.poll();
        tell(first);
      }
      tended.set(false);
      // Whoever was added just before that has found the queue tended.
    } while (!queue.isEmpty() && tended.compareAndSet(false, true));
  }
}

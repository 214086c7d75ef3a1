package dev.headline.rpc.client;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets in as many at a time as its limit says; the others line up and go in as they came. Entering
 * and leaving is one compare-and-set each as long as nobody waits. Whoever waits has a {@link
 * Turn}, which is completed once: by a place, or by whatever ends the waiting. Hence a place is
 * neither lost nor given to two.
 *
 * <p>Safe for many threads. A change of the limit touches nobody who is inside: when it falls, as
 * many must leave as are too many before the next goes in.
 */
final class Turnstile {

  /** How waiting ends. */
  enum Outcome {
    /** Inside; must leave. */
    IN,
    /** It has waited long enough. */
    TIME_IS_UP,
    /** Its request is over. */
    CANCELLED
  }

  /** One who waits. */
  static final class Turn extends CompletableFuture<Outcome> {}

  private static final long SOMEBODY_WAITS = 1;
  private static final long ONE = 2;

  /**
   * How many are inside, times two; the lowest bit says that somebody waits. As long as it is set,
   * only who holds the lock changes this.
   */
  private final AtomicLong state = new AtomicLong();

  /** In the order in which they came. Guarded by the lock. */
  private final LinkedHashSet<Turn> waiters = new LinkedHashSet<>();

  private volatile int limit;

  /**
   * @param limit how many may be inside; positive
   */
  Turnstile(int limit) {
    this.limit = limit;
  }

  /** Goes in unless it is full or somebody waits. */
  boolean tryEnter() {
    long now = state.get();
    while ((now & SOMEBODY_WAITS) == 0 && now / ONE < limit) {
      if (state.compareAndSet(now, now + ONE)) {
        return true;
      }
      now = state.get();
    }
    return false;
  }

  /**
   * Goes in, or lines up.
   *
   * @param most how many may wait, this one included
   * @return null if as many wait already
   */
  synchronized @Nullable Turn lineUp(int most) {
    var turn = new Turn();
    if (tryEnter()) {
      turn.complete(Outcome.IN);
      return turn;
    }
    if (waiters.size() >= most) {
      return null;
    }
    waiters.add(turn);
    state.getAndUpdate(now -> now | SOMEBODY_WAITS);
    // One may have left since it was full.
    letIn();
    return turn;
  }

  /** Takes back a turn that did not come. */
  // Each is meant itself, and equals nothing else.
  @SuppressWarnings("CollectionUndefinedEquality")
  synchronized void withdraw(Turn turn) {
    if (waiters.remove(turn)) {
      letIn();
    }
  }

  /** Gives a place back: to whoever waits longest, if anybody waits. */
  void leave() {
    long now = state.get();
    while ((now & SOMEBODY_WAITS) == 0) {
      if (state.compareAndSet(now, now - ONE)) {
        return;
      }
      now = state.get();
    }
    leaveToOther();
  }

  /** Changes how many may be inside; positive. */
  synchronized void limit(int most) {
    limit = most;
    if (!waiters.isEmpty()) {
      letIn();
    }
  }

  /** How many may be inside. */
  int limit() {
    return limit;
  }

  /** How many are inside. */
  int inside() {
    return (int) (state.get() / ONE);
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiters.size();
  }

  private synchronized void leaveToOther() {
    state.getAndAdd(-ONE);
    letIn();
  }

  /** Called with the lock; those who wait no longer are forgotten on the way. */
  private void letIn() {
    Iterator<Turn> longest = waiters.iterator();
    while (longest.hasNext() && state.get() / ONE < limit) {
      Turn turn = longest.next();
      longest.remove();
      if (turn.complete(Outcome.IN)) {
        state.getAndAdd(ONE);
      }
    }
    if (waiters.isEmpty()) {
      state.getAndUpdate(now -> now & ~SOMEBODY_WAITS);
    }
  }
}

package dev.headline.data.lag;

import dev.headline.data.WalPosition;

/**
 * Up to which position a primary shows all that is committed. That is less than what it has
 * written: a commit is in the log a moment before others can see it, and with synchronous
 * replication that moment lasts until a replica has answered. Who took the log's end for what can
 * be seen might keep a value for new that a write has just replaced.
 *
 * <p>A position is shown once all transactions have ended that were running after it was read, as
 * every commit before it belongs to one of them or to one that had ended. A transaction that runs
 * for long therefore holds it up.
 *
 * <p>Belongs to one thread at a time.
 */
final class VisiblePosition {

  private WalPosition shown = WalPosition.START;
  private WalPosition candidate = WalPosition.START;

  /** All transactions below it must have ended before the candidate is shown; negative if unset. */
  private long barrier = -1;

  /** What is shown for sure when this was read. */
  WalPosition after(Reading reading) {
    if (barrier < 0) {
      barrier = reading.nextToRun();
    }
    if (reading.oldestRunning() >= barrier) {
      shown = WalPosition.later(shown, candidate);
      candidate = reading.reached();
      barrier = -1;
    }
    return shown;
  }
}

package dev.headline.data.lag;

import dev.headline.data.WalPosition;

/** Where a node of the database stands, as far as we know. */
public sealed interface Standing {

  /**
   * Nobody knows: it could not be asked, or not yet.
   *
   * @param reason why, in a sentence
   */
  record Unknown(String reason) implements Standing {}

  /**
   * As it was when it was last asked.
   *
   * @param shown all that was committed before this position can be read there
   * @param received up to where it had the log
   * @param lagBytes how much log it had still to replay then; 0 for the primary
   * @param delayNanos for how long it had not been showing the newest; 0 for the primary, and for a
   *     replica that has all there is
   * @param nanos when it was asked, by the clock that the watch was given
   */
  record Measured(
      WalPosition shown, WalPosition received, long lagBytes, long delayNanos, long nanos)
      implements Standing {}
}

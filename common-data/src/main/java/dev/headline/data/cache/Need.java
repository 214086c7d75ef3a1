package dev.headline.data.cache;

import dev.headline.data.WalPosition;

/**
 * What a load is to show.
 *
 * @param written what its reader has written, which it must show
 * @param fence what anybody is known to have written to its keys, which it should show, or else it
 *     is not kept
 */
record Need(WalPosition written, WalPosition fence) {

  /** Whether what fulfils this one fulfils the other too. */
  boolean covers(Need other) {
    return written.hasReached(other.written) && fence.hasReached(other.fence);
  }

  /** The later of the two. */
  WalPosition latest() {
    return WalPosition.later(written, fence);
  }
}

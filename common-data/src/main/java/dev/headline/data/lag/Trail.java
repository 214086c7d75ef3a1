package dev.headline.data.lag;

import dev.headline.data.WalPosition;
import java.util.Arrays;

/**
 * Where the primary was when, lately. By it a replica's delay is told in time, although the clocks
 * of the nodes are not compared and an idle primary makes no replica late.
 *
 * <p>Immutable: each step gives another trail.
 */
final class Trail {

  /** Steps, at ten a second the last six seconds and more; who is further behind is far behind. */
  private static final int LONGEST = 64;

  /** Nobody has been anywhere. */
  static final Trail EMPTY = new Trail(new long[0], new long[0]);

  private final long[] positions;
  private final long[] nanos;

  private Trail(long[] positions, long[] nanos) {
    this.positions = positions;
    this.nanos = nanos;
  }

  /**
   * The same, and where it is now. A position before the last one is another primary's, to which
   * what went before means nothing.
   */
  Trail then(WalPosition position, long when) {
    int length = positions.length;
    if (length > 0) {
      int order = Long.compareUnsigned(position.bytes(), positions[length - 1]);
      if (order == 0) {
        return this;
      }
      if (order < 0) {
        return EMPTY.then(position, when);
      }
    }
    int from = Math.max(0, length + 1 - LONGEST);
    long[] longer = Arrays.copyOfRange(positions, from, length + 1);
    long[] times = Arrays.copyOfRange(nanos, from, length + 1);
    longer[longer.length - 1] = position.bytes();
    times[times.length - 1] = when;
    return new Trail(longer, times);
  }

  /** Where it was last known to be at that time; the beginning of the log if not known. */
  WalPosition at(long when) {
    for (int i = positions.length - 1; i >= 0; i--) {
      if (nanos[i] - when <= 0) {
        return new WalPosition(positions[i]);
      }
    }
    return WalPosition.START;
  }

  /**
   * For how long it had been beyond a position at that time, in nanoseconds.
   *
   * @param end what it wrote after this does not count, because nobody has it any more
   */
  long beyond(WalPosition reached, WalPosition end, long when) {
    long longest = 0;
    for (int i = positions.length - 1; i >= 0; i--) {
      if (Long.compareUnsigned(positions[i], reached.bytes()) <= 0) {
        break;
      }
      if (Long.compareUnsigned(positions[i], end.bytes()) <= 0) {
        longest = Math.max(longest, when - nanos[i]);
      }
    }
    return longest;
  }
}

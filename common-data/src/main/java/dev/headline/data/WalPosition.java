package dev.headline.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the database's write-ahead log (LSN). It tells which of two states of the database is
 * the newer one, on whatever node it is read: a replica that has replayed up to a position shows
 * all that was committed before it.
 *
 * @param bytes how far from the beginning of the log, unsigned
 * @see <a href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn</a>
 */
public record WalPosition(long bytes) implements Comparable<WalPosition> {

  /** Before everything. */
  public static final WalPosition START = new WalPosition(0);

  private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

  /**
   * Reads what {@link #toString} and the database write, such as {@code 16/B374D848}.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static WalPosition parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A position is written like 16/B374D848");
    }
    long high = Long.parseLong(parts.group(1), 16);
    return new WalPosition(high << 32 | Long.parseLong(parts.group(2), 16));
  }

  /** Whether whoever has come to this position has also come to the other. */
  public boolean hasReached(WalPosition other) {
    return compareTo(other) >= 0;
  }

  /** The later of the two. */
  public static WalPosition later(WalPosition one, WalPosition other) {
    return one.hasReached(other) ? one : other;
  }

  @Override
  public int compareTo(WalPosition other) {
    return Long.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(bytes >>> 32, bytes & 0xFFFF_FFFFL);
  }
}

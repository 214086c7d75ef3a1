package dev.headline.content.dal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of the change feed is: after this change. Ordered by transaction, then by sequence
 * within it. A position is of one database and means nothing in another, not even in its restored
 * dump, where transactions are numbered anew.
 *
 * @param transaction Postgres' number of the transaction that made the change
 * @param sequence the number of the change
 */
public record Position(long transaction, long sequence) {

  /** Before all changes. */
  public static final Position START = new Position(0, 0);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

  /** The position that {@link #toString} printed, or none if it did not print this. */
  public static Optional<Position> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(START);
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
  }

  /** Empty for the start, as the contract has it. */
  @Override
  public String toString() {
    return equals(START) ? "" : transaction + "." + sequence;
  }
}

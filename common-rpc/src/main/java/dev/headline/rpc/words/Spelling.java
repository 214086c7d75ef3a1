package dev.headline.rpc.words;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name that was probably meant: the one with the fewest typing errors, which are a
 * character too many, too few or wrong, and two neighbours swapped (Damerau, 1964). Safe for many
 * threads.
 */
public final class Spelling {

  /** A longer name is not looked at: the work grows with its length, and anybody may write it. */
  public static final int LONGEST = 64;

  // At most a quarter of the characters may be wrong: above that, a guess is more often wrong.
  private static final int RIGHT_TO_WRONG = 4;

  private Spelling() {}

  /**
   * The candidate nearest to a name, regardless of case; the first of them if several are.
   *
   * @param name what was written; up to {@link #LONGEST} characters
   * @param candidates the names there are, each of them short
   * @return null if none is near: if each has more errors than a quarter of the name's length, or
   *     if the name is too long
   */
  public static @Nullable String nearest(String name, Collection<String> candidates) {
    if (name.length() > LONGEST) {
      return null;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = name.length() / RIGHT_TO_WRONG + 1;
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /**
   * The end of a sentence that refuses a name, such as {@code ; did you mean 'limit'?}; empty if no
   * candidate is near.
   */
  public static String hint(String name, Collection<String> candidates) {
    String nearest = nearest(name, candidates);
    return nearest == null ? "" : "; did you mean '%s'?".formatted(nearest);
  }

  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (isSwap(from, i, to, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
    }
    return row[to.length()];
  }

  private static boolean isSwap(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}

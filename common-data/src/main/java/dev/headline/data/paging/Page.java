package dev.headline.data.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param entries in the order of the list
 * @param end where the next page begins; null if this is the last one
 */
public record Page<T>(List<T> entries, @Nullable Keyset end) {

  public Page {
    entries = List.copyOf(entries);
  }

  /**
   * Cuts a page off what was found. Finding one more than the page may hold tells whether there is
   * another page, without counting the rest.
   *
   * @param found in the order of the list; up to {@code limit + 1} entries
   * @param limit how many the page may hold; positive
   * @param position where an entry stands in the list
   */
  public static <T> Page<T> cut(List<T> found, int limit, Function<T, Keyset> position) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> shown = found.subList(0, limit);
    return new Page<>(shown, position.apply(shown.getLast()));
  }
}

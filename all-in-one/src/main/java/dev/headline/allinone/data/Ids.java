package dev.headline.allinone.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The ids that a service gave to the items of a list, by their positions. An item that did not go
 * in has none. Safe for use by many threads.
 */
final class Ids {

  private final AtomicLongArray ids;

  Ids(int items) {
    ids = new AtomicLongArray(items);
  }

  /** Keeps the ids of some items, in the order of their positions. */
  void keep(List<Integer> positions, List<Long> given) {
    if (positions.size() != given.size()) {
      throw new IllegalStateException(
          "A service gave %d ids for %d items".formatted(given.size(), positions.size()));
    }
    for (int i = 0; i < given.size(); i++) {
      ids.set(positions.get(i), given.get(i));
    }
  }

  /** Whether the item went in. */
  boolean has(int position) {
    return ids.get(position) != 0;
  }

  /** The id of an item that went in. */
  long of(int position) {
    return ids.get(position);
  }
}

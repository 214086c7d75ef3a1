package dev.headline.loadtest;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Ids in the proportions in which people ask for them, by Zipf's law: the first twice as often as
 * the second, three times as often as the third. Never ends. For one thread.
 */
public final class ZipfIds implements Iterator<Map<String, Object>> {

  private final List<String> ids;
  private final double[] cumulated;
  private final Random random;

  /**
   * @param ids the most popular first; at least one
   * @param random decides
   */
  public ZipfIds(List<String> ids, Random random) {
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to choose from");
    }
    this.ids = List.copyOf(ids);
    this.random = random;
    this.cumulated = new double[ids.size()];
    double sum = 0;
    for (int i = 0; i < cumulated.length; i++) {
      sum += 1.0 / (i + 1);
      cumulated[i] = sum;
    }
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Map<String, Object> next() {
    return Map.of("contentId", nextId());
  }

  /** The next id by itself. */
  public String nextId() {
    double point = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, point);
    // Between two sums, binarySearch answers with minus the insertion point, less one.
    return ids.get(found < 0 ? -found - 1 : found);
  }
}

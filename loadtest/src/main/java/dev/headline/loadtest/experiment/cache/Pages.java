package dev.headline.loadtest.experiment.cache;

import dev.headline.loadtest.ZipfIds;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** The pages that are asked for: as many different contents each, by Zipf's law. For one thread. */
final class Pages {

  static final int SIZE = 20;

  private static final List<String> IDS =
      IntStream.rangeClosed(1, Contents.COUNT).mapToObj(Integer::toString).toList();

  private final ZipfIds ids;

  /**
   * @param seed those of the same seed are the same, on either side
   */
  Pages(long seed) {
    this.ids = new ZipfIds(IDS, new Random(seed));
  }

  Set<Long> next() {
    Set<Long> page = HashSet.newHashSet(SIZE);
    while (page.size() < SIZE) {
      page.add(Long.valueOf(ids.nextId()));
    }
    return page;
  }
}

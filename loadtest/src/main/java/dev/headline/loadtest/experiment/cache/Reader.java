package dev.headline.loadtest.experiment.cache;

import dev.headline.content.v1.Content;
import java.util.Map;
import java.util.Set;

/** Reads pages in one way. */
interface Reader {

  /** The contents that exist among these. Asked within a request. */
  Map<Long, Content> read(Set<Long> ids);

  /**
   * Makes what it keeps as it is after a long time. Blocks until that is so.
   *
   * @param pagesPerSecond what it was asked for in that time
   * @param seed of the ages
   */
  void age(int pagesPerSecond, long seed);
}

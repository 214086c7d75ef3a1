package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.FeedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what one feed may show: the first half of building it. Safe for many threads. */
interface Recall {

  /**
   * The best entries behind a position.
   *
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   * @return newest first; of the same moment, the greater id first
   */
  List<FeedEntry> recall(@Nullable Keyset after, int limit);
}

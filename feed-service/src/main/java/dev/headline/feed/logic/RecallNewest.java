package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All contents. */
final class RecallNewest implements Recall {

  private final FeedEntries index;

  RecallNewest(FeedEntries index) {
    this.index = index;
  }

  @Override
  public List<FeedEntry> recall(@Nullable Keyset after, int limit) {
    return index.newest(after, limit);
  }
}

package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.FeedBlocks;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All contents. */
final class RecallNewest implements Recall {

  private final FeedBlocks blocks;
  private final FeedEntries index;

  RecallNewest(FeedBlocks blocks, FeedEntries index) {
    this.blocks = blocks;
    this.index = index;
  }

  @Override
  public List<FeedEntry> recall(@Nullable Keyset after, int limit) {
    return blocks.newest(after, limit).orElseGet(() -> index.newest(after, limit));
  }
}

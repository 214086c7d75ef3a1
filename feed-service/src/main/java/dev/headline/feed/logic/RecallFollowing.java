package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.FeedBlocks;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.rpc.Follows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contents of the people that one user follows now, whenever the follow began. */
final class RecallFollowing implements Recall {

  private final Follows follows;
  private final FeedBlocks blocks;
  private final FeedEntries index;
  private final long userId;

  RecallFollowing(Follows follows, FeedBlocks blocks, FeedEntries index, long userId) {
    this.follows = follows;
    this.blocks = blocks;
    this.index = index;
    this.userId = userId;
  }

  @Override
  public List<FeedEntry> recall(@Nullable Keyset after, int limit) {
    List<Long> authorIds = follows.of(userId);
    if (authorIds.isEmpty()) {
      return List.of();
    }
    if (authorIds.size() > FeedBlocks.MOST_AUTHORS) {
      return index.newestBy(authorIds, after, limit);
    }
    return blocks
        .newestBy(authorIds, after, limit)
        .orElseGet(() -> index.newestBy(authorIds, after, limit));
  }
}

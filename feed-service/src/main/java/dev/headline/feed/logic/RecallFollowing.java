package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.rpc.Follows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contents of the people that one user follows now, whenever the follow began. */
final class RecallFollowing implements Recall {

  private final Follows follows;
  private final FeedEntries index;
  private final long userId;

  RecallFollowing(Follows follows, FeedEntries index, long userId) {
    this.follows = follows;
    this.index = index;
    this.userId = userId;
  }

  @Override
  public List<FeedEntry> recall(@Nullable Keyset after, int limit) {
    List<Long> authorIds = follows.of(userId);
    if (authorIds.isEmpty()) {
      return List.of();
    }
    return index.newestBy(authorIds, after, limit);
  }
}

package dev.headline.feed.logic;

import dev.headline.data.paging.Keyset;
import dev.headline.data.paging.Page;
import dev.headline.feed.dal.FeedBlocks;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.rpc.Follows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one page of a feed: recall what may be shown, rank it, cut the page. Each feed has one
 * source for now, which recalls in the order of the feed, so there is nothing left to rank; a
 * second source would be forked beside the first here, and both merged by that order.
 *
 * <p>Safe for many threads.
 */
public final class BuildFeed {

  private final FeedBlocks blocks;
  private final FeedEntries index;
  private final Follows follows;

  /**
   * @param blocks answers for the first pages
   * @param index answers for the others
   * @param follows says whose entries a reader is shown
   */
  public BuildFeed(FeedBlocks blocks, FeedEntries index, Follows follows) {
    this.blocks = blocks;
    this.index = index;
    this.follows = follows;
  }

  /**
   * One page, from the cache or a replica, within the deadline of the request.
   *
   * @param after where the page before ended; null for the first page
   * @param limit at most so many entries; positive
   */
  public Page<FeedEntry> page(FeedKind kind, @Nullable Keyset after, int limit) {
    // One more than asked for tells whether there is another page.
    List<FeedEntry> ranked = recall(kind).recall(after, limit + 1);
    return Page.cut(ranked, limit, FeedEntry::position);
  }

  private Recall recall(FeedKind kind) {
    return switch (kind) {
      case FeedKind.Newest() -> new RecallNewest(blocks, index);
      case FeedKind.Following(long userId) -> new RecallFollowing(follows, blocks, index, userId);
    };
  }
}

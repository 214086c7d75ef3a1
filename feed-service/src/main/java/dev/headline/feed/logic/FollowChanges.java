package dev.headline.feed.logic;

import dev.headline.content.v1.Change;
import dev.headline.content.v1.ListChangesResponse;
import dev.headline.content.v1.Published;
import dev.headline.feed.dal.AppliedChanges;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.rpc.ContentChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index one batch of changes further. What it reads and what it makes of it are bound
 * together by the position, which moves in the transaction that adds the entries: a batch that is
 * delivered twice, because a process died or because several follow at once, counts once.
 *
 * <p>Nothing is locked while content-service is waiting for news.
 */
public final class FollowChanges {

  private static final Logger log = LoggerFactory.getLogger(FollowChanges.class);

  /** As many as content-service gives at once. */
  private static final int BATCH = 1_000;

  /** Well below the timeout that the policy gives to this call. */
  private static final Duration WAIT = Duration.ofSeconds(8);

  private final ContentChanges changes;
  private final AppliedChanges index;
  private final FollowMeters meters;

  /** Whether the last batch may have been added without having been made seen. */
  private volatile boolean isInDoubt = true;

  public FollowChanges(ContentChanges changes, AppliedChanges index, FollowMeters meters) {
    this.changes = changes;
    this.index = index;
    this.meters = meters;
  }

  /**
   * Waits for the next changes, for some seconds at most, and applies them.
   *
   * @throws dev.headline.rpc.RpcException if content-service or the database did not answer, or the
   *     request is cancelled; then nothing was applied, or all of it, and the next step finds out
   */
  public void step() {
    if (isInDoubt) {
      index.showAgain(BATCH);
      isInDoubt = false;
    }
    String position = index.position();
    ListChangesResponse news = changes.after(position, BATCH, WAIT);
    boolean moved = !news.getNextPosition().equals(position);
    if (moved && !apply(position, news)) {
      log.debug("Another instance has applied the changes after '{}'", position);
      return;
    }
    meters.applied(news.getChangesCount());
    if (news.getChangesCount() < BATCH) {
      meters.caughtUp();
    }
  }

  /** An exception says nothing of whether it was done. */
  private boolean apply(String position, ListChangesResponse news) {
    isInDoubt = true;
    boolean applied = index.apply(position, entries(news), news.getNextPosition());
    isInDoubt = false;
    return applied;
  }

  private static List<FeedEntry> entries(ListChangesResponse news) {
    List<FeedEntry> entries = new ArrayList<>();
    for (Change change : news.getChangesList()) {
      switch (change.getKindCase()) {
        case PUBLISHED -> entries.add(entry(change.getPublished()));
        case KIND_NOT_SET ->
            log.warn("Ignored a kind of change that this version of feed-service does not know");
      }
    }
    return entries;
  }

  private static FeedEntry entry(Published published) {
    var at = published.getPublishedAt();
    return new FeedEntry(
        published.getContentId(),
        published.getAuthorId(),
        Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
  }
}

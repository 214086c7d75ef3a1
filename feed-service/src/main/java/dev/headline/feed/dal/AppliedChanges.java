package dev.headline.feed.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index as something that changes are applied to, on the primary. Safe for many threads and
 * many processes.
 */
public final class AppliedChanges {

  private static final String POSITION = "select position from change_cursor";

  private static final String LOCK_POSITION = POSITION + " for update";

  private static final String MOVE = "update change_cursor set position = :position";

  private static final String ADD =
      """
      insert into feed_entry (content_id, author_id, published_at)
      select content_id, author_id, published_at::timestamptz
      from unnest(:contentIds, :authorIds, :times) as fresh (content_id, author_id, published_at)
      on conflict (content_id) do nothing
      """;

  /** Ids are given in the order of time, so what was applied last is among the greatest. */
  private static final String LATEST_AUTHORS =
      """
      select distinct author_id
      from (select author_id from feed_entry order by content_id desc limit :entries) as latest
      """;

  private final ReplicaRouter router;
  private final FeedBlocks blocks;

  /**
   * @param router where reads and writes go
   * @param blocks what is told of each entry that is added
   */
  public AppliedChanges(ReplicaRouter router, FeedBlocks blocks) {
    this.router = router;
    this.blocks = blocks;
  }

  /** Up to where all changes have been applied; empty for none yet. */
  public String position() {
    return router.primary().sql(POSITION).query(String.class).single();
  }

  /**
   * Adds entries and moves the position, both or neither. An entry that exists stays as it is. What
   * was added is seen by all when this returns.
   *
   * <p>Whoever comes second waits for the first, finds the position elsewhere, and changes nothing:
   * so changes are applied one batch after the other and in their order, however many try.
   *
   * @param from the position that the changes follow
   * @param to the position behind them
   * @return whether it was done; false if the position is no longer {@code from}
   */
  public boolean apply(String from, List<FeedEntry> entries, String to) {
    Snapshot<Boolean> applied = router.commit(transaction -> apply(transaction, from, entries, to));
    if (applied.value()) {
      blocks.added(
          entries.stream().map(FeedEntry::authorId).collect(Collectors.toSet()), applied.asOf());
    }
    return applied.value();
  }

  /**
   * Makes the latest entries seen again, for whoever may have added them and ended before they were
   * seen.
   *
   * @param entries how many at most
   */
  public void showAgain(int entries) {
    Snapshot<List<Long>> authors =
        router.commit(
            sql -> sql.sql(LATEST_AUTHORS).param("entries", entries).query(Long.class).list());
    blocks.added(authors.value(), authors.asOf());
  }

  private static boolean apply(
      JdbcClient transaction, String from, List<FeedEntry> entries, String to) {
    String position = transaction.sql(LOCK_POSITION).query(String.class).single();
    if (!position.equals(from)) {
      return false;
    }
    transaction
        .sql(ADD)
        .param("contentIds", entries.stream().mapToLong(FeedEntry::contentId).toArray())
        .param("authorIds", entries.stream().mapToLong(FeedEntry::authorId).toArray())
        .param("times", entries.stream().map(AppliedChanges::publishedAt).toArray(String[]::new))
        .update();
    transaction.sql(MOVE).param("position", to).update();
    return true;
  }

  private static String publishedAt(FeedEntry entry) {
    return entry.publishedAt().truncatedTo(ChronoUnit.MICROS).toString();
  }
}

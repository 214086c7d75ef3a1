package dev.headline.feed.dal;

import dev.headline.data.ReplicaRouter;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

  private final ReplicaRouter router;

  /**
   * @param router where reads and writes go
   */
  public AppliedChanges(ReplicaRouter router) {
    this.router = router;
  }

  /** Up to where all changes have been applied; empty for none yet. */
  public String position() {
    return router.primary().sql(POSITION).query(String.class).single();
  }

  /**
   * Adds entries and moves the position, both or neither. An entry that exists stays as it is.
   *
   * <p>Whoever comes second waits for the first, finds the position elsewhere, and changes nothing:
   * so changes are applied one batch after the other and in their order, however many try.
   *
   * @param from the position that the changes follow
   * @param to the position behind them
   * @return whether it was done; false if the position is no longer {@code from}
   */
  public boolean apply(String from, List<FeedEntry> entries, String to) {
    return router.write(transaction -> apply(transaction, from, entries, to));
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

package dev.headline.content.dal;

import dev.headline.content.dal.ContentChange.Published;
import dev.headline.data.ReplicaRouter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The table of what became of contents: a transactional outbox, read by cursor.
 *
 * @see <a href="https://microservices.io/patterns/data/transactional-outbox.html">Transactional
 *     outbox</a>
 */
public final class Changes {

  private final ReplicaRouter router;

  /**
   * @param router where reads go
   */
  public Changes(ReplicaRouter router) {
    this.router = router;
  }

  /**
   * The next changes, oldest first, up to the limit. Read on the primary, where the transactions
   * are.
   *
   * <p>Only transactions before the oldest that still runs are shown. Whatever one of those did is
   * visible by now and will never grow, so no change can appear before a position that was given
   * out. The price: a transaction that writes for long, in any database of the cluster, holds up
   * the feed until it ends.
   */
  public List<ContentChange> after(Position position, int limit) {
    return router
        .primary()
        .sql(
            """
            select transaction::text, sequence, kind, content_id, author_id, published_at
            from content_change
            where (transaction, sequence) > (cast(:transaction as xid8), :sequence)
              and transaction < pg_snapshot_xmin(pg_current_snapshot())
            order by transaction, sequence
            limit :limit
            """)
        .param("transaction", Long.toString(position.transaction()))
        .param("sequence", position.sequence())
        .param("limit", limit)
        .query(Changes::change)
        .list();
  }

  private static ContentChange change(ResultSet row, int index) throws SQLException {
    var position =
        new Position(Long.parseLong(row.getString("transaction")), row.getLong("sequence"));
    String kind = row.getString("kind");
    return switch (kind) {
      case "published" ->
          new Published(
              position,
              row.getLong("content_id"),
              row.getLong("author_id"),
              row.getObject("published_at", OffsetDateTime.class).toInstant());
      default -> throw new IllegalStateException("A change of unknown kind: " + kind);
    };
  }
}

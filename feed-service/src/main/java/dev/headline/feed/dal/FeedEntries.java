package dev.headline.feed.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.paging.Keyset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recalls entries from the index, on a replica. Safe for many threads. */
public final class FeedEntries {

  private static final String NEWEST =
      """
      select content_id, author_id, published_at from feed_entry
      where (published_at, content_id) < (:publishedAt, :contentId)
      order by published_at desc, content_id desc
      limit :limit
      """;

  /**
   * Takes the best few of each author and then the best of those, so its cost depends on how many
   * authors there are and never on how much they, or all others, have published.
   */
  private static final String BY_AUTHORS =
      """
      select recalled.content_id, recalled.author_id, recalled.published_at
      from unnest(:authorIds) as author (id)
      cross join lateral (
        select * from feed_entry
        where feed_entry.author_id = author.id
          and (published_at, content_id) < (:publishedAt, :contentId)
        order by published_at desc, content_id desc
        limit :limit) as recalled
      order by recalled.published_at desc, recalled.content_id desc
      limit :limit
      """;

  private static final String OF_EACH =
      """
      select recalled.content_id, recalled.author_id, recalled.published_at
      from unnest(:authorIds) as author (id)
      cross join lateral (
        select * from feed_entry
        where feed_entry.author_id = author.id
        order by published_at desc, content_id desc
        limit :limit) as recalled
      order by recalled.author_id, recalled.published_at desc, recalled.content_id desc
      """;

  private final ReplicaRouter router;

  /**
   * @param router where reads go
   */
  public FeedEntries(ReplicaRouter router) {
    this.router = router;
  }

  /**
   * The newest entries of all authors.
   *
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   */
  public List<FeedEntry> newest(@Nullable Keyset after, int limit) {
    return newest(router.read(), after, limit);
  }

  static List<FeedEntry> newest(JdbcClient sql, @Nullable Keyset after, int limit) {
    return sql.sql(NEWEST)
        .param("publishedAt", time(after))
        .param("contentId", id(after))
        .param("limit", limit)
        .query(FeedEntries::entry)
        .list();
  }

  /**
   * The newest entries of some authors.
   *
   * @param authorIds each of them once
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   */
  public List<FeedEntry> newestBy(List<Long> authorIds, @Nullable Keyset after, int limit) {
    return router
        .read()
        .sql(BY_AUTHORS)
        .param("authorIds", authorIds.stream().mapToLong(Long::longValue).toArray())
        .param("publishedAt", time(after))
        .param("contentId", id(after))
        .param("limit", limit)
        .query(FeedEntries::entry)
        .list();
  }

  /** The newest entries of each of some authors; of an author who has none, nothing. */
  static Map<Long, List<FeedEntry>> ofEach(JdbcClient sql, List<Long> authorIds, int limit) {
    return sql
        .sql(OF_EACH)
        .param("authorIds", authorIds.stream().mapToLong(Long::longValue).toArray())
        .param("limit", limit)
        .query(FeedEntries::entry)
        .list()
        .stream()
        .collect(Collectors.groupingBy(FeedEntry::authorId));
  }

  /** The driver writes the last moment as infinity, which every entry is older than. */
  private static OffsetDateTime time(@Nullable Keyset after) {
    return after == null
        ? OffsetDateTime.MAX
        : OffsetDateTime.ofInstant(after.at(), ZoneOffset.UTC);
  }

  private static long id(@Nullable Keyset after) {
    return after == null ? Long.MAX_VALUE : after.id();
  }

  private static FeedEntry entry(ResultSet row, int rowNumber) throws SQLException {
    return new FeedEntry(
        row.getLong("content_id"),
        row.getLong("author_id"),
        row.getObject("published_at", OffsetDateTime.class).toInstant());
  }
}

package dev.headline.content.dal;

import com.google.protobuf.Timestamp;
import dev.headline.content.v1.Content;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.SharedRedis;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of contents, and a cache of what is read from it. Safe for many threads. */
public final class Articles implements AutoCloseable {

  /** To be raised with any change to the message that old readers or old entries would mind. */
  private static final int SCHEMA = 1;

  private final CacheAside<Long, Content> cache;

  /**
   * @param router where reads go that the cache cannot answer
   * @param redis where the cache is
   * @param meters where its reads are counted
   */
  public Articles(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    // Nothing is kept in this process: contents change with each like, and will be edited.
    this.cache =
        new CacheAside<>(
            new CachedKind<>(
                "content", "article", SCHEMA, String::valueOf, Form.of(Content.parser())),
            (ids, atLeast) -> router.snapshot(atLeast, sql -> read(sql, ids)),
            CachePolicy.DEFAULT,
            router.session()::written,
            redis,
            meters);
  }

  /** The contents that exist among {@code ids}, in no particular order. */
  public Collection<Content> get(Set<Long> ids) {
    return cache.load(ids).values();
  }

  /**
   * Makes a write seen; to be called after its commit and before its caller is told.
   *
   * @param ids the contents that it has made or changed, or may have
   * @param committedAt the position of the commit
   */
  public void changed(Collection<Long> ids, WalPosition committedAt) {
    cache.invalidate(ids, committedAt);
  }

  private static Map<Long, Content> read(JdbcClient sql, Set<Long> ids) {
    return sql
        .sql(
            """
            select id, author_id, title, body, publisher, published_at, like_count
            from content
            where id = any(:ids)
            """)
        .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .query(Articles::content)
        .list()
        .stream()
        .collect(Collectors.toMap(Content::getId, Function.identity()));
  }

  /**
   * Publishes those contents whose source key is free, and announces each in {@link Changes}.
   *
   * @param sql the transaction to do it in
   * @param articles with distinct source keys
   * @return how many are new
   */
  public int publishMissing(JdbcClient sql, Collection<NewArticle> articles) {
    // Sorted, so that two batches with the same keys wait for each other instead of both.
    return sql.sql(
            """
            with published as (
              insert into content (source_key, author_id, title, body, publisher, published_at)
              select source_key, author_id, title, body, publisher, published_at
              from unnest(:keys, :authors, :titles, :bodies, :publishers,
                          cast(:times as timestamptz[]))
                as new (source_key, author_id, title, body, publisher, published_at)
              order by source_key
              on conflict (source_key) do nothing
              returning id, author_id, published_at
            )
            insert into content_change (kind, content_id, author_id, published_at)
            select 'published', id, author_id, published_at
            from published
            """)
        .param("keys", texts(articles, NewArticle::sourceKey))
        .param("authors", articles.stream().mapToLong(NewArticle::authorId).toArray())
        .param("titles", texts(articles, NewArticle::title))
        .param("bodies", texts(articles, NewArticle::body))
        .param("publishers", texts(articles, NewArticle::publisher))
        .param("times", texts(articles, article -> article.publishedAt().toString()))
        .update();
  }

  /**
   * The ids of contents by their source keys; a key that no content has is absent.
   *
   * @param sql the transaction to look in
   */
  public Map<String, Long> idsBySourceKey(JdbcClient sql, Set<String> keys) {
    Map<String, Long> ids = new HashMap<>();
    sql.sql("select source_key, id from content where source_key = any(:keys)")
        .param("keys", keys.toArray(String[]::new))
        .query(
            row -> {
              ids.put(row.getString("source_key"), row.getLong("id"));
            });
    return ids;
  }

  private static String[] texts(
      Collection<NewArticle> articles, Function<NewArticle, String> column) {
    return articles.stream().map(column).toArray(String[]::new);
  }

  private static Content content(ResultSet row, int index) throws SQLException {
    Instant published = row.getObject("published_at", OffsetDateTime.class).toInstant();
    return Content.newBuilder()
        .setId(row.getLong("id"))
        .setAuthorId(row.getLong("author_id"))
        .setTitle(row.getString("title"))
        .setBody(row.getString("body"))
        .setPublisher(row.getString("publisher"))
        .setPublishedAt(
            Timestamp.newBuilder()
                .setSeconds(published.getEpochSecond())
                .setNanos(published.getNano()))
        .setLikeCount(row.getLong("like_count"))
        .build();
  }

  @Override
  public void close() {
    cache.close();
  }
}

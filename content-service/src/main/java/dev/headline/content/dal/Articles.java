package dev.headline.content.dal;

import dev.headline.data.ReplicaRouter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of contents. */
public final class Articles {

  private final ReplicaRouter router;

  /**
   * @param router where reads go
   */
  public Articles(ReplicaRouter router) {
    this.router = router;
  }

  /** The contents that exist among {@code ids}, in no particular order. */
  public List<Article> get(long[] ids) {
    return router
        .read()
        .sql(
            """
            select id, author_id, title, body, publisher, published_at, like_count
            from content
            where id = any(:ids)
            """)
        .param("ids", ids)
        .query(Articles::article)
        .list();
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

  private static Article article(ResultSet row, int index) throws SQLException {
    return new Article(
        row.getLong("id"),
        row.getLong("author_id"),
        row.getString("title"),
        row.getString("body"),
        row.getString("publisher"),
        row.getObject("published_at", OffsetDateTime.class).toInstant(),
        row.getLong("like_count"));
  }
}

package dev.headline.loadtest.experiment.cache;

import com.google.protobuf.Timestamp;
import dev.headline.content.v1.Content;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of content-service, and the statement by which it reads a page of it. */
final class Contents {

  /** How many there are. Their ids begin with 1, the one that is asked for most. */
  static final int COUNT = 20_000;

  /** Bodies of 400 to 2,400 characters, which do not repeat and hence do not compress away. */
  static final List<String> FILL =
      List.of(
          """
          create table content (
            id           bigint      primary key,
            author_id    bigint      not null,
            title        text        not null,
            body         text        not null,
            publisher    text        not null,
            published_at timestamptz not null,
            like_count   bigint      not null
          ) with (fillfactor = 80)
          """,
          """
          insert into content
          select id, 1 + id %% 500, 'A headline of an ordinary length, number ' || id,
            (select string_agg(md5(id || ' ' || word), ' ') from generate_series(1, 12 + id %% 61) word),
            'daily.example.org', now() - make_interval(mins => id::int), id %% 100
          from generate_series(1, %d) id
          """
              .formatted(COUNT),
          "vacuum analyze content");

  private Contents() {}

  /**
   * Reads those that exist.
   *
   * @param sql the node to ask
   */
  static Map<Long, Content> read(JdbcClient sql, Set<Long> ids) {
    Map<Long, Content> found = HashMap.newHashMap(ids.size());
    sql.sql(
            """
            select id, author_id, title, body, publisher, published_at, like_count
            from content
            where id = any(:ids)
            """)
        .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .query(
            row -> {
              found.put(row.getLong("id"), content(row));
            });
    return found;
  }

  private static Content content(ResultSet row) throws SQLException {
    var published = row.getObject("published_at", OffsetDateTime.class).toInstant();
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
}

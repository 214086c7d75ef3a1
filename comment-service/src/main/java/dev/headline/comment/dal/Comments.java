package dev.headline.comment.dal;

import dev.headline.comment.v1.TopComments;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.SharedRedis;
import dev.headline.data.paging.Keyset;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of comments: reads ask a replica, writes the primary. What a feed shows of them is
 * cached. Safe for many threads.
 */
public final class Comments implements AutoCloseable {

  /** The largest top of a content that can be asked for. */
  public static final int MOST_TOP = 10;

  /** To be raised with any change to the message that old readers or old entries would mind. */
  private static final int SCHEMA = 1;

  private static final String TOP =
      """
      select asked.content_id, coalesce(counted.comment_count, 0) as comment_count,
             top.id, top.author_id, top.text, top.created_at, top.reply_count
      from unnest(:contentIds) as asked (content_id)
      left join content_comment_count as counted on counted.content_id = asked.content_id
      left join lateral (
        select * from comment
        where comment.content_id = asked.content_id and parent_id is null
        order by reply_count desc, created_at desc, id desc
        limit :perContent) as top on true
      order by asked.content_id, top.reply_count desc, top.created_at desc, top.id desc
      """;

  private static final String NEWEST =
      """
      select * from comment
      where content_id = :contentId and parent_id is null
        and (created_at, id) < (:createdAt, :id)
      order by created_at desc, id desc
      limit :limit
      """;

  private final ReplicaRouter router;
  private final CacheAside<Long, TopComments> tops;

  /**
   * @param router where writes go, and reads that the cache cannot answer
   * @param redis where the cache is
   * @param meters where its reads are counted
   */
  public Comments(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    this.router = router;
    this.tops =
        new CacheAside<>(
            new CachedKind<>(
                "comment", "top", SCHEMA, String::valueOf, Form.of(TopComments.parser())),
            (ids, atLeast) -> router.snapshot(atLeast, sql -> read(sql, ids)),
            CachePolicy.DEFAULT,
            router.session()::written,
            redis,
            meters);
  }

  /**
   * The top comments of many contents and the number of all their comments. The largest top is
   * kept, and cut here: one entry for each content, which one write makes void, whatever is asked
   * for.
   *
   * @param perContent at most so many comments for each; 1 to {@value #MOST_TOP}
   * @return one for every content asked for, in no particular order
   */
  public List<TopComments> top(Set<Long> contentIds, int perContent) {
    return tops.load(contentIds).values().stream().map(top -> cut(top, perContent)).toList();
  }

  private static TopComments cut(TopComments top, int perContent) {
    if (top.getCommentsCount() <= perContent) {
      return top;
    }
    return top.toBuilder()
        .clearComments()
        .addAllComments(top.getCommentsList().subList(0, perContent))
        .build();
  }

  private static Map<Long, TopComments> read(JdbcClient sql, Set<Long> contentIds) {
    return sql.sql(TOP)
        .param("contentIds", contentIds.stream().mapToLong(Long::longValue).toArray())
        .param("perContent", MOST_TOP)
        .query(Comments::tops);
  }

  /**
   * A part of the comments of one content, newest first, without replies.
   *
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   */
  public List<Comment> newest(long contentId, @Nullable Keyset after, int limit) {
    // The driver writes the last moment as infinity, which every comment is older than.
    var createdAt =
        after == null ? OffsetDateTime.MAX : OffsetDateTime.ofInstant(after.at(), ZoneOffset.UTC);
    return router
        .read()
        .sql(NEWEST)
        .param("contentId", contentId)
        .param("createdAt", createdAt)
        .param("id", after == null ? Long.MAX_VALUE : after.id())
        .param("limit", limit)
        .query(Comments::comment)
        .list();
  }

  /**
   * Runs work in one transaction, all of which is kept, or, if it throws, nothing; and makes it
   * seen before this returns.
   *
   * @param contentIds the contents that the work may comment on
   */
  public <T> T write(Set<Long> contentIds, Function<CommentWriter, T> work) {
    Snapshot<T> written = router.commit(transaction -> work.apply(new CommentWriter(transaction)));
    tops.invalidate(contentIds, written.asOf());
    return written.value();
  }

  @Override
  public void close() {
    tops.close();
  }

  private static Map<Long, TopComments> tops(ResultSet row) throws SQLException {
    Map<Long, TopComments.Builder> tops = new HashMap<>();
    while (row.next()) {
      long contentId = row.getLong("content_id");
      TopComments.Builder top =
          tops.computeIfAbsent(contentId, id -> TopComments.newBuilder().setContentId(id))
              .setCommentCount(row.getLong("comment_count"));
      if (row.getObject("id") != null) {
        top.addComments(comment(row, row.getRow()).message());
      }
    }
    return tops.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, top -> top.getValue().build()));
  }

  private static Comment comment(ResultSet row, int rowNumber) throws SQLException {
    return new Comment(
        row.getLong("id"),
        row.getLong("content_id"),
        row.getLong("author_id"),
        row.getString("text"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("reply_count"));
  }
}

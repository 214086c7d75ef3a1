package dev.headline.comment.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.paging.Keyset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table of comments: reads ask a replica, writes the primary. Safe for many threads. */
public final class Comments {

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

  /**
   * @param router where reads and writes go
   */
  public Comments(ReplicaRouter router) {
    this.router = router;
  }

  /**
   * The top comments of many contents and the number of all their comments, in one round trip.
   *
   * @param perContent at most so many comments for each; positive
   * @return an entry for every content asked for
   */
  public Map<Long, TopComments> top(Set<Long> contentIds, int perContent) {
    long[] ids = contentIds.stream().mapToLong(Long::longValue).toArray();
    return router
        .read()
        .sql(TOP)
        .param("contentIds", ids)
        .param("perContent", perContent)
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

  /** Runs work in one transaction: all of it is kept, or, if it throws, nothing. */
  public <T> T write(Function<CommentWriter, T> work) {
    return router.write(transaction -> work.apply(new CommentWriter(transaction)));
  }

  private static Map<Long, TopComments> tops(ResultSet row) throws SQLException {
    Map<Long, Long> counts = new HashMap<>();
    Map<Long, List<Comment>> comments = new HashMap<>();
    while (row.next()) {
      long contentId = row.getLong("content_id");
      counts.put(contentId, row.getLong("comment_count"));
      List<Comment> ofContent = comments.computeIfAbsent(contentId, _ -> new ArrayList<>());
      if (row.getObject("id") != null) {
        ofContent.add(comment(row, row.getRow()));
      }
    }
    Map<Long, TopComments> tops = new HashMap<>();
    comments.forEach(
        (id, list) -> tops.put(id, new TopComments(list, counts.getOrDefault(id, 0L))));
    return tops;
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

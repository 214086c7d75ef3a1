package dev.headline.comment.dal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that one transaction of writing comments is made of. Rows are locked in a fixed
 * order within each statement, so two batches that overlap wait for each other and never deadlock,
 * as long as both call the methods in the order in which they stand here.
 */
public final class CommentWriter {

  private static final String INSERT =
      """
      insert into comment (source_key, content_id, author_id, parent_id, text, created_at)
      select source_key, content_id, author_id, parent_id, text, created_at::timestamptz
      from unnest(:sourceKeys, :contentIds, :authorIds, :parentIds, :texts, :times)
        as fresh (source_key, content_id, author_id, parent_id, text, created_at)
      order by source_key
      on conflict (source_key) do nothing
      returning content_id, parent_id
      """;

  private static final String LOCK_PARENTS =
      """
      select source_key, id, content_id, parent_id is not null as is_reply
      from comment
      where source_key = any (:sourceKeys)
      order by id
      for no key update
      """;

  private static final String COUNT_COMMENTS =
      """
      insert into content_comment_count as counted (content_id, comment_count)
      select content_id, count(*) from unnest(:contentIds) as created (content_id)
      group by content_id
      order by content_id
      on conflict (content_id) do update
        set comment_count = counted.comment_count + excluded.comment_count
      """;

  private static final String COUNT_REPLIES =
      """
      update comment
      set reply_count = reply_count + created.replies
      from (
        select parent_id, count(*) as replies from unnest(:parentIds) as reply (parent_id)
        group by parent_id) as created
      where id = created.parent_id
      """;

  private final JdbcClient transaction;

  CommentWriter(JdbcClient transaction) {
    this.transaction = transaction;
  }

  /** Adds comments of their own, but for those that exist; gives those it added. */
  public List<Created> addComments(List<NewComment> comments) {
    return insert(comments, _ -> null);
  }

  /** Finds the comments that have one of the source keys, and keeps others from answering them. */
  public Map<String, Parent> lockParents(Set<String> sourceKeys) {
    return transaction
        .sql(LOCK_PARENTS)
        .param("sourceKeys", sourceKeys.toArray(String[]::new))
        .query(CommentWriter::parent)
        .list()
        .stream()
        .collect(Collectors.toMap(Parent::sourceKey, Function.identity()));
  }

  /** Adds replies, but for those that exist; gives those it added. */
  public List<Created> addReplies(List<NewComment> replies, Map<String, Parent> parents) {
    return insert(replies, reply -> Objects.requireNonNull(parents.get(reply.parentKey())).id());
  }

  /** Counts what was added, for its content and for the comment that it answers. */
  public void count(Collection<Created> created) {
    long[] contentIds = created.stream().mapToLong(Created::contentId).toArray();
    transaction.sql(COUNT_COMMENTS).param("contentIds", contentIds).update();
    Long[] parentIds =
        created.stream().map(Created::parentId).filter(Objects::nonNull).toArray(Long[]::new);
    transaction.sql(COUNT_REPLIES).param("parentIds", parentIds).update();
  }

  private List<Created> insert(
      List<NewComment> comments, Function<NewComment, @Nullable Long> parentId) {
    return transaction
        .sql(INSERT)
        .param("sourceKeys", comments.stream().map(NewComment::sourceKey).toArray(String[]::new))
        .param("contentIds", comments.stream().mapToLong(NewComment::contentId).toArray())
        .param("authorIds", comments.stream().mapToLong(NewComment::authorId).toArray())
        .param("parentIds", comments.stream().map(parentId).toArray(Long[]::new))
        .param("texts", comments.stream().map(NewComment::text).toArray(String[]::new))
        .param("times", comments.stream().map(CommentWriter::createdAt).toArray(String[]::new))
        .query(CommentWriter::created)
        .list();
  }

  private static String createdAt(NewComment comment) {
    return comment.createdAt().truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static Created created(ResultSet row, int rowNumber) throws SQLException {
    return new Created(row.getLong("content_id"), row.getObject("parent_id", Long.class));
  }

  private static Parent parent(ResultSet row, int rowNumber) throws SQLException {
    return new Parent(
        row.getString("source_key"),
        row.getLong("id"),
        row.getLong("content_id"),
        row.getBoolean("is_reply"));
  }

  /**
   * A comment that was added.
   *
   * @param parentId the comment that it answers; null for a comment of its own
   */
  public record Created(long contentId, @Nullable Long parentId) {}

  /** A comment that another one wants to answer. */
  public record Parent(String sourceKey, long id, long contentId, boolean isReply) {}
}

package dev.headline.gateway.http;

import dev.headline.comment.v1.Comment;
import dev.headline.user.v1.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment.
 *
 * @param author who wrote it; null if not asked for, or if it could not be loaded
 */
record CommentView(
    String id,
    String contentId,
    String authorId,
    String text,
    Instant createdAt,
    int replyCount,
    @Nullable UserView author) {

  static CommentView of(Comment comment, @Nullable User author) {
    return new CommentView(
        Long.toString(comment.getId()),
        Long.toString(comment.getContentId()),
        Long.toString(comment.getAuthorId()),
        comment.getText(),
        Times.of(comment.getCreatedAt()),
        comment.getReplyCount(),
        UserView.ofNullable(author));
  }
}

package dev.headline.comment.handler;

import com.google.protobuf.Timestamp;
import dev.headline.comment.dal.NewComment;
import dev.headline.comment.dal.TopComments;
import dev.headline.comment.v1.Comment;
import dev.headline.rpc.server.Arguments;
import java.time.Instant;

/** Between the messages of the contract and what they mean here. */
final class Messages {

  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_TEXT = 2_000;

  private Messages() {}

  static dev.headline.comment.v1.TopComments top(long contentId, TopComments top) {
    var message =
        dev.headline.comment.v1.TopComments.newBuilder()
            .setContentId(contentId)
            .setCommentCount(top.commentCount());
    top.comments().forEach(comment -> message.addComments(comment(comment)));
    return message.build();
  }

  static Comment comment(dev.headline.comment.dal.Comment comment) {
    return Comment.newBuilder()
        .setId(comment.id())
        .setContentId(comment.contentId())
        .setAuthorId(comment.authorId())
        .setText(comment.text())
        .setCreatedAt(timestamp(comment.createdAt()))
        .setReplyCount(comment.replyCount())
        .build();
  }

  /** Throws INVALID_ARGUMENT for a message that breaks its contract. */
  static NewComment newComment(dev.headline.comment.v1.NewComment comment) {
    Arguments.text(comment.getSourceKey(), 1, LONGEST_KEY, "comments.source_key");
    Arguments.id(comment.getContentId(), "comments.content_id");
    Arguments.id(comment.getAuthorId(), "comments.author_id");
    Arguments.text(comment.getText(), 1, LONGEST_TEXT, "comments.text");
    Arguments.text(comment.getParentSourceKey(), 0, LONGEST_KEY, "comments.parent_source_key");
    if (!comment.hasCreatedAt()) {
      throw Arguments.refusal("comments.created_at is missing");
    }
    return new NewComment(
        comment.getSourceKey(),
        comment.getContentId(),
        comment.getAuthorId(),
        comment.getText(),
        time(comment.getCreatedAt()),
        comment.getParentSourceKey().isEmpty() ? null : comment.getParentSourceKey());
  }

  private static Instant time(Timestamp timestamp) {
    return Arguments.time(timestamp.getSeconds(), timestamp.getNanos(), "comments.created_at");
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}

package dev.headline.comment.handler;

import com.google.protobuf.Timestamp;
import dev.headline.comment.dal.NewComment;
import dev.headline.rpc.server.Arguments;
import java.time.Instant;

/** What the messages of the contract mean here. */
final class Messages {

  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_TEXT = 2_000;

  private Messages() {}

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
}

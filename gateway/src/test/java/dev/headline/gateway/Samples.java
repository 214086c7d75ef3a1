package dev.headline.gateway;

import com.google.protobuf.Timestamp;
import dev.headline.comment.v1.Comment;
import dev.headline.comment.v1.TopComments;
import dev.headline.content.v1.Content;
import dev.headline.user.v1.User;

/**
 * What the fake services know. All of it can be told from an id, and {@link #NOBODY} is unknown.
 */
final class Samples {

  /** The one id that does not exist. */
  static final long NOBODY = 404;

  /** 2026-11-01T12:00:00.250Z */
  private static final Timestamp NOON =
      Timestamp.newBuilder().setSeconds(1_793_534_400).setNanos(250_000_000).build();

  private Samples() {}

  /** A content; two neighbours have the same author. */
  static Content content(long id) {
    return Content.newBuilder()
        .setId(id)
        .setAuthorId(1_000 + id / 2)
        .setTitle("Title " + id)
        .setBody("Body " + id)
        .setPublisher(id % 2 == 0 ? "example.org" : "")
        .setPublishedAt(NOON)
        .setLikeCount(id * 2)
        .build();
  }

  static User user(long id) {
    return User.newBuilder()
        .setId(id)
        .setHandle("user-" + id)
        .setDisplayName("User " + id)
        .setCreatedAt(NOON)
        .build();
  }

  static Comment comment(long id, long contentId) {
    return Comment.newBuilder()
        .setId(id)
        .setContentId(contentId)
        .setAuthorId(2_000 + id)
        .setText("Text " + id)
        .setCreatedAt(NOON)
        .setReplyCount(1)
        .build();
  }

  /** One top comment of seven. */
  static TopComments top(long contentId) {
    return TopComments.newBuilder()
        .setContentId(contentId)
        .addComments(comment(contentId + 50, contentId))
        .setCommentCount(7)
        .build();
  }
}

package dev.headline.gateway.http;

import dev.headline.comment.v1.TopComments;
import dev.headline.content.v1.Content;
import dev.headline.gateway.load.FeedFields;
import dev.headline.rpc.load.Loaded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A content, on a page or alone.
 *
 * @param publisher the site it points to; null if the text stands for itself
 * @param author null if not asked for, or if it could not be loaded
 * @param comments null if not asked for, or if they could not be loaded
 */
record ContentView(
    String id,
    String title,
    String body,
    @Nullable String publisher,
    Instant publishedAt,
    long likeCount,
    String authorId,
    @Nullable UserView author,
    @Nullable Top comments) {

  static ContentView of(Content content, Loaded loaded) {
    TopComments top = loaded.get(FeedFields.COMMENTS, content.getId());
    return new ContentView(
        Long.toString(content.getId()),
        content.getTitle(),
        content.getBody(),
        content.getPublisher().isEmpty() ? null : content.getPublisher(),
        Times.of(content.getPublishedAt()),
        content.getLikeCount(),
        Long.toString(content.getAuthorId()),
        UserView.ofNullable(loaded.get(FeedFields.AUTHOR, content.getAuthorId())),
        top == null ? null : Top.of(top, loaded));
  }

  /**
   * The comments that are shown with a content.
   *
   * @param count of all comments, replies included
   * @param top the few that are shown
   */
  record Top(long count, List<CommentView> top) {

    static Top of(TopComments comments, Loaded loaded) {
      return new Top(
          comments.getCommentCount(),
          comments.getCommentsList().stream()
              .map(c -> CommentView.of(c, loaded.get(FeedFields.COMMENTER, c.getAuthorId())))
              .toList());
    }
  }
}

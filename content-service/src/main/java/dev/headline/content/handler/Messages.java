package dev.headline.content.handler;

import com.google.protobuf.Timestamp;
import dev.headline.content.dal.ContentChange;
import dev.headline.content.dal.NewArticle;
import dev.headline.content.dal.NewLike;
import dev.headline.content.v1.Change;
import dev.headline.content.v1.Like;
import dev.headline.content.v1.NewContent;
import dev.headline.content.v1.Published;
import dev.headline.rpc.server.Arguments;
import java.time.Instant;

/** Rows as messages, and messages, once checked, as rows. */
final class Messages {

  private Messages() {}

  static Change change(ContentChange change) {
    return switch (change) {
      case ContentChange.Published published ->
          Change.newBuilder()
              .setPublished(
                  Published.newBuilder()
                      .setContentId(published.contentId())
                      .setAuthorId(published.authorId())
                      .setPublishedAt(timestamp(published.publishedAt())))
              .build();
    };
  }

  static NewArticle newArticle(NewContent content) {
    Arguments.text(content.getSourceKey(), 1, 100, "contents.source_key");
    Arguments.id(content.getAuthorId(), "contents.author_id");
    Arguments.text(content.getTitle(), 1, 300, "contents.title");
    Arguments.text(content.getBody(), 0, 20_000, "contents.body");
    Arguments.text(content.getPublisher(), 0, 255, "contents.publisher");
    if (!content.hasPublishedAt()) {
      throw Arguments.refusal("contents.published_at is missing");
    }
    return new NewArticle(
        content.getSourceKey(),
        content.getAuthorId(),
        content.getTitle(),
        content.getBody(),
        content.getPublisher(),
        time(content.getPublishedAt()));
  }

  static NewLike newLike(Like like) {
    Arguments.id(like.getContentId(), "likes.content_id");
    Arguments.id(like.getUserId(), "likes.user_id");
    return new NewLike(like.getContentId(), like.getUserId());
  }

  private static Instant time(Timestamp timestamp) {
    return Arguments.time(timestamp.getSeconds(), timestamp.getNanos(), "contents.published_at");
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}

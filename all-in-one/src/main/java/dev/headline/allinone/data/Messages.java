package dev.headline.allinone.data;

import com.google.protobuf.Timestamp;
import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import dev.headline.allinone.data.Dataset.Remark;
import dev.headline.comment.v1.NewComment;
import dev.headline.content.v1.NewContent;
import dev.headline.user.v1.NewUser;
import java.time.Instant;

/** The items of a data set as the messages of the contracts. */
final class Messages {

  private Messages() {}

  static NewUser user(Person person) {
    return NewUser.newBuilder()
        .setHandle(person.handle())
        .setDisplayName(person.displayName())
        .build();
  }

  static dev.headline.user.v1.Follow follow(Follow follow, Ids people) {
    return dev.headline.user.v1.Follow.newBuilder()
        .setFollowerId(people.of(follow.follower()))
        .setFolloweeId(people.of(follow.followee()))
        .build();
  }

  static NewContent content(Article article, Ids people) {
    return NewContent.newBuilder()
        .setSourceKey(article.key())
        .setAuthorId(people.of(article.author()))
        .setTitle(article.title())
        .setBody(article.body())
        .setPublisher(article.publisher())
        .setPublishedAt(timestamp(article.publishedAt()))
        .build();
  }

  static NewComment comment(Remark remark, Ids people, Ids articles) {
    return NewComment.newBuilder()
        .setSourceKey(remark.key())
        .setContentId(articles.of(remark.article()))
        .setAuthorId(people.of(remark.author()))
        .setText(remark.text())
        .setCreatedAt(timestamp(remark.createdAt()))
        .setParentSourceKey(remark.answers())
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}

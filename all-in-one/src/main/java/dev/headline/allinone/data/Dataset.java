package dev.headline.allinone.data;

import java.time.Instant;
import java.util.List;

/**
 * All that one load brings in. Its parts name each other by their positions in these lists, because
 * the services have not given out ids yet.
 *
 * @param people the users
 * @param follows who follows whom
 * @param articles the contents
 * @param remarks the comments; a reply stands after what it answers
 */
record Dataset(
    List<Person> people, List<Follow> follows, List<Article> articles, List<Remark> remarks) {

  Dataset {
    people = List.copyOf(people);
    follows = List.copyOf(follows);
    articles = List.copyOf(articles);
    remarks = List.copyOf(remarks);
  }

  /**
   * A user.
   *
   * @param handle unique, as user-service wants it
   * @param displayName as shown to people
   */
  record Person(String handle, String displayName) {}

  /**
   * One direction of a friendship.
   *
   * @param follower the position of the person who follows
   * @param followee the position of the person who is followed
   */
  record Follow(int follower, int followee) {}

  /**
   * A content and who likes it.
   *
   * @param key tells it from all other articles, now and in later loads
   * @param author the position of the person who published it
   * @param title 1 to 300 characters
   * @param body may be empty
   * @param publisher the site it points to; may be empty
   * @param publishedAt when
   * @param likers the positions of the people who like it, each once
   */
  record Article(
      String key,
      int author,
      String title,
      String body,
      String publisher,
      Instant publishedAt,
      List<Integer> likers) {

    Article {
      likers = List.copyOf(likers);
    }
  }

  /**
   * A comment or a reply.
   *
   * @param key tells it from all other remarks, now and in later loads
   * @param article the position of the article below which it stands
   * @param author the position of the person who says it
   * @param text 1 to 2,000 characters
   * @param createdAt when
   * @param answers the key of the comment that it answers; empty for a comment of its own
   */
  record Remark(
      String key, int article, int author, String text, Instant createdAt, String answers) {

    boolean isReply() {
      return !answers.isEmpty();
    }
  }
}

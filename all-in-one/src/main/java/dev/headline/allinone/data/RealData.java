package dev.headline.allinone.data;

import static java.util.Objects.requireNonNull;

import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a data set out of what the files say. Whatever the files leave open is chosen by a hash of
 * what they say, so that every load of the same files is the same.
 */
final class RealData {

  private RealData() {}

  /**
   * Joins both files.
   *
   * @param follows at least one person
   * @param stories none with more likes than there are people
   */
  static Dataset of(FollowFile follows, List<Story> stories) {
    var people = new ArrayList<Person>();
    Map<Integer, Integer> positions = new HashMap<>();
    for (int number : follows.people()) {
      positions.put(number, people.size());
      people.add(new Person("person-" + number, "Person " + number));
    }
    var both = new ArrayList<Follow>();
    for (FollowFile.Friendship friendship : follows.friendships()) {
      int lower = position(positions, friendship.lower());
      int higher = position(positions, friendship.higher());
      both.add(new Follow(lower, higher));
      both.add(new Follow(higher, lower));
    }
    List<Article> articles = stories.stream().map(story -> article(story, people.size())).toList();
    return new Dataset(people, both, articles, List.of());
  }

  private static int position(Map<Integer, Integer> positions, int number) {
    return requireNonNull(
        positions.get(number), () -> "Person " + number + " has friends but is not in the list");
  }

  private static Article article(Story story, int people) {
    // One person speaks for one publisher, so that following somebody means something.
    String voice = story.publisher().isEmpty() ? story.title() : story.publisher();
    String key = story.key();
    return new Article(
        key,
        StableHash.of(voice).pick(people),
        story.title(),
        "",
        story.publisher(),
        story.publishedAt(),
        Draw.distinct(story.likes(), people, StableHash.of(key).random()));
  }
}

package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RealDataTest {

  private static final FollowFile FOLLOWS =
      FollowFile.parse(
          "follows.edges", IntStream.range(1, 50).mapToObj(person -> "0 " + person).toList());

  @Test
  void aNumberBecomesAPersonAndAFriendshipTwoFollows() {
    FollowFile two = FollowFile.parse("follows.edges", List.of("7 3"));
    assertThat(RealData.of(two, List.of()))
        .isEqualTo(
            new Dataset(
                List.of(new Person("person-3", "Person 3"), new Person("person-7", "Person 7")),
                List.of(new Follow(0, 1), new Follow(1, 0)),
                List.of(),
                List.of()));
  }

  @Test
  void asManyDistinctPeopleLikeAStoryAsTheRowSays() {
    for (int likes : new int[] {0, 1, 17, 50}) {
      assertThat(article(likes, "example.org", "A").likers())
          .hasSize(likes)
          .doesNotHaveDuplicates()
          .allMatch(person -> person >= 0 && person < 50);
    }
  }

  @Test
  void onePersonSpeaksForOnePublisher() {
    int author = article(1, "example.org", "A").author();
    assertThat(article(2, "example.org", "B").author()).isEqualTo(author);
    assertThat(authors("example.org", "example.com", "example.net")).hasSizeGreaterThan(1);
  }

  @Test
  void storiesWithoutAPublisherAreSpreadByTheirTitles() {
    assertThat(
            IntStream.range(0, 50)
                .map(i -> article(1, "", "Title " + i).author())
                .distinct()
                .count())
        .isGreaterThan(20);
  }

  @Test
  void everyLoadOfTheSameFilesIsTheSame() {
    assertThat(article(5, "example.org", "A")).isEqualTo(article(5, "example.org", "A"));
    assertThat(article(3, "example.org", "A").likers()).containsExactly(17, 11, 38);
  }

  private static List<Integer> authors(String... publishers) {
    return List.of(publishers).stream()
        .map(publisher -> article(1, publisher, "A").author())
        .distinct()
        .toList();
  }

  private static Article article(int likes, String publisher, String title) {
    var story = new Story(2, Instant.parse("2014-06-24T05:50:40Z"), likes, publisher, title, 1);
    return RealData.of(FOLLOWS, List.of(story)).articles().getFirst();
  }
}

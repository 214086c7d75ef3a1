package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import dev.headline.allinone.data.Dataset.Remark;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DemoDataTest {

  private static final Dataset DEMO = DemoData.generate();

  @Test
  void everyRunMakesUpTheSame() {
    assertThat(DemoData.generate()).isEqualTo(DEMO);
  }

  @Test
  void thereIsEnoughToSee() {
    assertThat(DEMO.people()).hasSize(60);
    assertThat(DEMO.articles()).hasSize(400);
    assertThat(DEMO.remarks()).hasSizeBetween(500, 2_000).anyMatch(Remark::isReply);
  }

  @Test
  void aFewArticlesHaveMostOfTheLikesAndOfTheComments() {
    List<Integer> likes = DEMO.articles().stream().map(article -> article.likers().size()).toList();
    Map<Integer, Long> comments =
        DEMO.remarks().stream()
            .collect(Collectors.groupingBy(Remark::article, Collectors.counting()));
    assertThat(shareOfTopTenth(likes)).isGreaterThan(0.35);
    assertThat(shareOfTopTenth(comments.values().stream().map(Long::intValue).toList(), 400))
        .isGreaterThan(0.5);
  }

  @Test
  void aFewPeopleHaveMostOfTheFollowersAndEverybodyFollowsSomebody() {
    Map<Integer, Long> followers =
        DEMO.follows().stream()
            .collect(Collectors.groupingBy(Follow::followee, Collectors.counting()));
    assertThat(shareOfTopTenth(followers.values().stream().map(Long::intValue).toList()))
        .isGreaterThan(0.3);
    assertThat(DEMO.follows()).extracting(Follow::follower).contains(allPeople());
    assertThat(DEMO.follows()).noneMatch(follow -> follow.follower() == follow.followee());
  }

  @Test
  void everythingIsWithinTheLimitsOfTheContracts() {
    assertThat(DEMO.people()).extracting(Person::handle).doesNotHaveDuplicates();
    assertThat(DEMO.people()).allMatch(person -> person.handle().matches("[a-z0-9_-]{1,32}"));
    assertThat(DEMO.articles()).extracting(Article::title).doesNotHaveDuplicates();
    assertThat(DEMO.articles()).allMatch(article -> Text.length(article.title()) <= 300);
    assertThat(DEMO.articles())
        .extracting(Article::likers)
        .allSatisfy(likers -> assertThat(likers).doesNotHaveDuplicates());
    assertThat(DEMO.remarks()).allMatch(remark -> Text.length(remark.text()) <= 2_000);
    assertThat(DEMO.remarks()).extracting(Remark::key).doesNotHaveDuplicates();
  }

  @Test
  void aReplyStandsAfterACommentOfTheSameArticleThatIsNoReply() {
    Set<String> comments = new HashSet<>();
    for (Remark remark : DEMO.remarks()) {
      if (remark.isReply()) {
        assertThat(comments).contains(remark.article() + " " + remark.answers());
      } else {
        comments.add(remark.article() + " " + remark.key());
      }
    }
  }

  @Test
  void everySiteIsReservedForExamples() {
    assertThat(DEMO.articles())
        .extracting(Article::publisher)
        .allMatch(publisher -> publisher.matches("[a-z]+\\.example\\.(org|net|com)"));
  }

  @Test
  void newsComeInOrderOfTheirTime() {
    assertThat(DEMO.articles()).isSortedAccordingTo(Comparator.comparing(Article::publishedAt));
  }

  private static Integer[] allPeople() {
    return IntStream.range(0, 60).boxed().toArray(Integer[]::new);
  }

  private static double shareOfTopTenth(List<Integer> counts) {
    return shareOfTopTenth(counts, counts.size());
  }

  private static double shareOfTopTenth(List<Integer> counts, int all) {
    int top =
        counts.stream()
            .sorted(Comparator.reverseOrder())
            .limit(all / 10)
            .mapToInt(Integer::intValue)
            .sum();
    return (double) top / counts.stream().mapToInt(Integer::intValue).sum();
  }
}

package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoryFileTest {

  private static final String GOOD = "2014-06-24T05:50:40Z,3,example.org,A title";

  @Test
  void aRowBecomesAStory() {
    assertThat(parse(GOOD).stories())
        .containsExactly(
            new Story(2, Instant.parse("2014-06-24T05:50:40Z"), 3, "example.org", "A title", 1));
  }

  @Test
  void bothSpellingsOfADateAreRead() {
    assertThat(parse("2014-06-24T05:50:40.000Z,0,,A", "2014-06-24T05:50:40Z,0,,B").stories())
        .extracting(Story::publishedAt)
        .containsOnly(Instant.parse("2014-06-24T05:50:40Z"));
  }

  @Test
  void everyKindOfBlankAroundATitleGoes() {
    assertThat(parse("2014-06-24T05:50:40Z,0,,\"\u00a0 \u2002Zwölf 漢字 🦦\u3000 \"").stories())
        .extracting(Story::title)
        .containsExactly("Zwölf 漢字 🦦");
  }

  @Test
  void aBadRowIsReportedByItsLineAndTheRestGoesIn() {
    StoryFile file =
        parse(
            GOOD,
            "yesterday,3,example.org,A",
            "2014-06-24T05:50:40Z,3,\"exam",
            "ple.org\",B",
            "2014-06-24T05:50:40Z,many,example.org,C",
            "2014-06-24T05:50:40Z,3,example.org");
    assertThat(file.stories()).extracting(Story::title).containsExactly("A title", "B");
    assertThat(file.badRows())
        .extracting(BadRow::toString)
        .containsExactly(
            "stories.csv:3: 'yesterday' is not a date",
            "stories.csv:6: 'many' is not a number of likes",
            "stories.csv:7: it has 3 fields instead of 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2014-06-24T05:50:40Z,3,example.org,\u00a0  | the title is empty",
        "2014-06-24T05:50:40Z,-1,example.org,A      | -1 likes are less than none",
        "2014-06-24T05:50:40Z,11,example.org,A      | 11 likes by 10 people",
        "2014-06-24T05:50:40Z,3,example.org,\"A     | the quotes make no sense",
        "2014-06-24T05:50:40Z,3,example.org,A\0B    | it holds a zero byte"
      })
  void aRowThatCannotGoInSaysWhy(String row, String reason) {
    assertThat(parse(row).badRows()).containsExactly(new BadRow("stories.csv", 2, reason));
  }

  @Test
  void aTitleMayHaveThreeHundredCharactersAndNoMore() {
    String longest = "🦦".repeat(300);
    StoryFile file =
        parse("2014-06-24T05:50:40Z,0,," + longest, "2014-06-24T05:50:40Z,0,," + longest + "!");
    assertThat(file.stories()).hasSize(1);
    assertThat(file.badRows())
        .containsExactly(new BadRow("stories.csv", 3, "the title has 301 characters, over 300"));
  }

  @Test
  void aPublisherMayHaveAsManyCharactersAsContentServiceAllows() {
    String longest = "p".repeat(255);
    StoryFile file =
        parse(
            "2014-06-24T05:50:40Z,0," + longest + ",A",
            "2014-06-24T05:50:40Z,0,!" + longest + ",A");
    assertThat(file.stories()).hasSize(1);
    assertThat(file.badRows())
        .containsExactly(
            new BadRow("stories.csv", 3, "the publisher has 256 characters, over 255"));
  }

  @Test
  void identicalRowsAreDifferentStoriesWithStableKeys() {
    List<String> keys = parse(GOOD, GOOD).stories().stream().map(Story::key).toList();
    assertThat(keys)
        .containsExactly(
            "story-1f21e514d3931f533fe39de6535e05f6-1", "story-1f21e514d3931f533fe39de6535e05f6-2");
  }

  @Test
  void aFileWithoutTheHeaderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoryFile.parse("other.csv", List.of(GOOD), 10))
        .withMessage("other.csv must begin with the line published_at,likes,publisher,title");
  }

  private static StoryFile parse(String... rows) {
    var lines = new ArrayList<String>(List.of("published_at,likes,publisher,title"));
    lines.addAll(List.of(rows));
    return StoryFile.parse("stories.csv", lines, 10);
  }
}

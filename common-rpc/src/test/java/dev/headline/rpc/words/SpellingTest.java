package dev.headline.rpc.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> NAMES = List.of("limit", "cursor", "fields");

  @ParameterizedTest
  @CsvSource({
    "limt, limit",
    "limits, limit",
    "LIMIT, limit",
    "curser, cursor",
    "fieds, fields",
    "ilmit, limit",
    "limti, limit"
  })
  void theNearestNameIsFound(String written, String meant) {
    assertThat(Spelling.nearest(written, NAMES)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"lmt", "miilt", "kursar", "page", "''"})
  void aNameOfWhichMoreThanAQuarterIsWrongIsLikeNone(String written) {
    assertThat(Spelling.nearest(written, NAMES)).isNull();
  }

  @Test
  void ofSeveralThatAreAsNearItIsTheFirst() {
    assertThat(Spelling.nearest("fieds", List.of("fiends", "fields"))).isEqualTo("fiends");
  }

  @Test
  void aHintNamesWhatIsNearAndIsSilentOtherwise() {
    assertThat(Spelling.hint("limt", NAMES)).isEqualTo("; did you mean 'limit'?");
    assertThat(Spelling.hint("page", NAMES)).isEmpty();
  }

  @Test
  void aVeryLongNameIsNotLookedAt() {
    String longest = "x".repeat(Spelling.LONGEST);

    assertThat(Spelling.nearest(longest, List.of(longest))).isEqualTo(longest);
    assertThat(Spelling.nearest(longest + "x", List.of(longest + "x"))).isNull();
  }
}

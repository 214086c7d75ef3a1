package dev.headline.loadtest.experiment.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SideTest {

  @Test
  void allSidesAnswerTheSamePageOfTheSizeThatWasPromised() throws IOException {
    String bare = reader(Side.BARE).read().fingerprint();
    assertThat(reader(Side.GOVERNED).read().fingerprint()).isEqualTo(bare);
    assertThat(reader(Side.DEFAULTS).read().fingerprint()).isEqualTo(bare);
    assertThat(Integer.parseInt(bare.split(" ", -1)[0])).isBetween(2_500, 2_700);
  }

  @ParameterizedTest
  @EnumSource
  void everyPageThatIsAskedForIsCounted(Side side) throws IOException {
    PageReader reader = reader(side);
    Tally tally = new Load.Fixed(100).apply(reader, Duration.ofMillis(200));
    assertThat(tally.pages() + tally.errors()).isEqualTo(20);
  }

  @Test
  void aPageThatFailsIsAnErrorAndEndsNothing() {
    PageReader broken =
        () -> {
          throw new IllegalStateException("No page today");
        };
    assertThat(new Load.Fixed(1_000).apply(broken, Duration.ofMillis(10)))
        .isEqualTo(new Tally(0, 10));
    assertThat(new Load.Saturated(2).apply(broken, Duration.ofMillis(1)).errors())
        .isGreaterThanOrEqualTo(2);
  }

  private static PageReader reader(Side side) throws IOException {
    return side.connect(side.serve());
  }
}

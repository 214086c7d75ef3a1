package dev.headline.loadtest.experiment.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.loadtest.experiment.judge.ExperimentException;
import org.junit.jupiter.api.Test;

final class TallyTest {

  @Test
  void itReadsWhatItWrites() {
    var tally = new Tally(12_345, 6);
    assertThat(Tally.parse(tally.toString())).isEqualTo(tally);
  }

  @Test
  void oneErrorInAThousandIsBearable() {
    assertThatCode(() -> new Tally(9_990, 10).check("BARE")).doesNotThrowAnyException();
  }

  @Test
  void moreErrorsThanThatMakeTheRunWorthless() {
    assertThatThrownBy(() -> new Tally(9_989, 11).check("BARE"))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("BARE lost 11 of 10000 pages");
  }

  @Test
  void noPagesAtAllAreNotCheap() {
    assertThatThrownBy(() -> new Tally(0, 0).check("BARE")).isInstanceOf(ExperimentException.class);
  }
}

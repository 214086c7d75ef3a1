package dev.headline.data.lag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.WalPosition;
import org.junit.jupiter.api.Test;

class VisiblePositionTest {

  private final VisiblePosition visible = new VisiblePosition();

  @Test
  void whatIsReadFirstIsNotShownYet() {
    assertThat(after(100, 7, 7)).isZero();
  }

  @Test
  void whileNothingRunsItIsOneReadingBehind() {
    after(100, 7, 7);
    after(100, 7, 7);
    assertThat(after(200, 7, 7)).isEqualTo(100);
    assertThat(after(300, 7, 7)).isEqualTo(200);
  }

  /** Transaction 7 may have its commit in the log at 200 and show it to nobody yet. */
  @Test
  void whatATransactionMayHideIsNotShown() {
    after(100, 7, 7);
    after(200, 7, 7);
    assertThat(after(300, 7, 8)).isEqualTo(100);
    assertThat(after(400, 7, 9)).isEqualTo(100);
  }

  @Test
  void itIsShownOnceAllHaveEndedThatRanWhenItWasRead() {
    after(100, 7, 7);
    after(200, 7, 7);
    after(300, 7, 8);
    assertThat(after(400, 8, 20)).isEqualTo(200);
    assertThat(after(500, 9, 30)).isEqualTo(200);
    assertThat(after(600, 30, 40)).isEqualTo(400);
  }

  private long after(long reached, long oldestRunning, long nextToRun) {
    var position = new WalPosition(reached);
    return visible
        .after(new Reading(false, position, position, oldestRunning, nextToRun, 0))
        .bytes();
  }
}

package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowStartTest {

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }

  @Test
  void theWeightRisesFromATenthToAllOfItInThirtySeconds() {
    assertThat(SlowStart.DEFAULT.factor(seconds(5), seconds(5))).isEqualTo(0.1);
    assertThat(SlowStart.DEFAULT.factor(seconds(5), seconds(20))).isCloseTo(0.55, within(1e-9));
    assertThat(SlowStart.DEFAULT.factor(seconds(5), seconds(35))).isEqualTo(1);
    assertThat(SlowStart.DEFAULT.factor(seconds(5), seconds(500))).isEqualTo(1);
  }

  @Test
  void whatWasThereAtTheStartHasItsFullWeight() {
    assertThat(SlowStart.DEFAULT.factor(SlowStart.DEFAULT.established(7), 7)).isEqualTo(1);
  }

  @Test
  void theClockMayBeginAnywhere() {
    long nearTheEnd = Long.MAX_VALUE - seconds(10);

    assertThat(SlowStart.DEFAULT.factor(nearTheEnd, nearTheEnd + seconds(15)))
        .isCloseTo(0.55, within(1e-9));
  }

  @Test
  void withoutAWindowThereIsNoSlowStart() {
    assertThat(SlowStart.NONE.factor(7, 7)).isEqualTo(1);
  }

  @Test
  void aWindowThatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> new SlowStart(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> new SlowStart(Duration.ofHours(2))).hasMessageContaining("PT2H");
  }
}

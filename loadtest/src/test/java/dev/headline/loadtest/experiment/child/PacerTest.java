package dev.headline.loadtest.experiment.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class PacerTest {

  @Test
  void workIsDueAtTheRateHoweverLateItBegins() {
    var due = new ArrayList<Long>();
    int count = Pacer.pace(1_000, Duration.ofMillis(50), due::add);
    assertThat(count).isEqualTo(50);
    assertThat(due).hasSize(50);
    for (int i = 1; i < due.size(); i++) {
      assertThat(due.get(i) - due.get(i - 1)).isEqualTo(1_000_000);
    }
  }

  @Test
  void nothingBeginsBeforeItIsDue() {
    Pacer.pace(
        1_000,
        Duration.ofMillis(20),
        due -> assertThat(System.nanoTime() - due).isGreaterThanOrEqualTo(0));
  }
}

package dev.headline.loadtest.experiment.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.loadtest.experiment.judge.ExperimentException;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

  @Test
  void theyReadWhatTheyWrite() {
    var latencies = new Latencies(2_400, 2, 2_345, 101_000);
    assertThat(Latencies.parse(latencies.toString())).isEqualTo(latencies);
  }

  @Test
  void oneErrorInAThousandIsBearableAndMoreIsNot() {
    var bearable = new Latencies(2_000, 2, 1, 1);
    assertThat(bearable.check("GOVERNED")).isSameAs(bearable);
    assertThatThrownBy(() -> new Latencies(2_000, 3, 1, 1).check("GOVERNED"))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("GOVERNED lost 3 of 2000 calls");
  }
}

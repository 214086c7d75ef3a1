package dev.headline.loadtest.experiment.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuantilesTest {

  @Test
  void theMedianIsTheNumberInTheMiddleInWhateverOrderTheyCome() {
    assertThat(Quantiles.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Quantiles.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
  }

  @Test
  void theEndsAreTheSmallestAndTheLargest() {
    List<Double> numbers = List.of(3.0, 1.0, 2.0);
    assertThat(Quantiles.of(numbers, 0)).isEqualTo(1.0);
    assertThat(Quantiles.of(numbers, 1)).isEqualTo(3.0);
  }

  @Test
  void aQuarterOfTheWayIsInterpolated() {
    assertThat(Quantiles.of(List.of(10.0, 20.0, 30.0), 0.25)).isEqualTo(15.0);
  }

  @Test
  void thereIsNoQuantileOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.median(List.of()));
  }
}

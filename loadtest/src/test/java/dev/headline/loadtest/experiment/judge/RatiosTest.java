package dev.headline.loadtest.experiment.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RatiosTest {

  private static final List<Double> HUNDREDS = List.of(100.0, 100.0, 100.0, 100.0);

  @Test
  void theRatioIsThatOfTheMediansSoThatOneBadRoundDoesNotDecideIt() {
    var ratios = new Ratios(List.of(110.0, 110.0, 990.0), List.of(100.0, 100.0, 100.0));
    assertThat(ratios.ofMedians()).isCloseTo(1.1, within(1e-9));
  }

  @Test
  void eachRoundHasItsOwnRatio() {
    var ratios = new Ratios(List.of(100.0, 300.0), List.of(200.0, 100.0));
    assertThat(ratios.perRound()).containsExactly(0.5, 3.0);
  }

  @Test
  void itPassesWhenNearlyAllRoundsAreWithinTheBound() {
    assertThat(new Ratios(List.of(110.0, 112.0, 115.0, 119.0), HUNDREDS).atMost(1.2))
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void theBoundItselfIsWithin() {
    assertThat(new Ratios(List.of(125.0), List.of(100.0)).atMost(1.25)).isEqualTo(Verdict.PASS);
  }

  @Test
  void itFailsWhenNearlyAllRoundsAreBeyondTheBound() {
    assertThat(new Ratios(List.of(118.0, 130.0, 140.0, 150.0), HUNDREDS).atMost(1.2))
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void roundsOnBothSidesOfTheBoundDecideNothing() {
    assertThat(new Ratios(List.of(100.0, 110.0, 128.0, 140.0), HUNDREDS).atMost(1.2))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(new Ratios(List.of(100.0, 110.0, 132.0, 140.0), HUNDREDS).atMost(1.2))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aFindingTellsTheSpreadOfTheRounds() {
    Finding finding =
        new Ratios(List.of(110.0, 130.0), List.of(100.0, 100.0)).judge("some claim", 1.4);
    assertThat(finding)
        .isEqualTo(
            new Finding("some claim", "≤ 1.40", "1.20 (1.10 to 1.30 in 2 rounds)", Verdict.PASS));
  }

  @Test
  void aRoundThatOnlyOneSideMeasuredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ratios(List.of(1.0, 2.0), List.of(1.0)))
        .withMessageContaining("2 and 1");
  }

  @Test
  void aSideThatCostNothingWasNotMeasured() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ratios(List.of(1.0), List.of(0.0)))
        .withMessageContaining("nothing");
  }
}

package dev.headline.loadtest.experiment.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VerdictTest {

  @Test
  void theWorstOfSeveralFindingsCounts() {
    assertThat(worst(Verdict.PASS, Verdict.PASS)).isEqualTo(Verdict.PASS);
    assertThat(worst(Verdict.PASS, Verdict.INCONCLUSIVE)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(worst(Verdict.FAIL, Verdict.INCONCLUSIVE)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void withoutFindingsNothingIsProven() {
    assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void onlyAPassExitsWithZero() {
    assertThat(Stream.of(Verdict.values()).filter(verdict -> verdict.exitStatus() == 0))
        .containsExactly(Verdict.PASS);
  }

  private static Verdict worst(Verdict... verdicts) {
    return Verdict.worst(
        Stream.of(verdicts).map(each -> new Finding("claim", "bound", "measured", each)).toList());
  }
}

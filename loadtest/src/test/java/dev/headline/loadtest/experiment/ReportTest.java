package dev.headline.loadtest.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {

  @Test
  void theColumnsLineUp() {
    assertThat(
            Report.table(
                List.of(
                    new Finding("one", "≤ 1.20", "1.10", Verdict.PASS),
                    new Finding("another", "≤ 0.4", "0.50 (0.40 to 0.60)", Verdict.FAIL))))
        .isEqualTo(
            """
            claim    bound   measured             verdict
            one      ≤ 1.20  1.10                 PASS
            another  ≤ 0.4   0.50 (0.40 to 0.60)  FAIL
            """);
  }
}

package dev.headline.loadtest.experiment.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.loadtest.experiment.judge.Verdict;
import dev.headline.loadtest.experiment.page.ChainAlone.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChainCostsTest {

  private static final long FAST = ChainCosts.SLOW_STUB_NANOS;
  private static final long SLOW = ChainCosts.SLOW_STUB_NANOS + 1;

  @Test
  void aCostReadsWhatItWrites() {
    var cost = new Cost(1_900, 1_200, 400);
    assertThat(Cost.parse(cost.toString())).isEqualTo(cost);
  }

  @Test
  void aChainThatIsTooDearFailsOnlyWhereTheStubAloneIsFast() {
    assertThat(time(new Cost(2_000, 0, SLOW))).isEqualTo(Verdict.PASS);
    assertThat(time(new Cost(2_001, 0, FAST))).isEqualTo(Verdict.FAIL);
    assertThat(time(new Cost(2_001, 0, SLOW))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void bytesAreTheSameOnAnyMachine() {
    var cost = new Cost(0, 1_301, SLOW);
    assertThat(ChainCosts.memory(List.of(cost), 1_300).verdict()).isEqualTo(Verdict.FAIL);
  }

  private static Verdict time(Cost cost) {
    return ChainCosts.time(List.of(cost), 2_000).verdict();
  }
}

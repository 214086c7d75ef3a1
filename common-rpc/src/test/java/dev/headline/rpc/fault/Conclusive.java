package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headline.rpc.RpcCode;
import java.util.function.IntFunction;

/**
 * Whether a run says anything about the software. A machine that is too slow to answer the load
 * without a fault, or to send it, says nothing: the test is then skipped with the reason, and not
 * failed. Only lateness is such a reason, because a slow machine makes no call fail in another way.
 */
final class Conclusive {

  private static final double ALL = 0.999;

  /** A machine that is busy for a moment gets another chance; one that is always busy does not. */
  private static final int CHANCES = 3;

  private Conclusive() {}

  /**
   * A load without a fault, which must be answered in time.
   *
   * @throws AssertionError if a call failed for another reason than time, at any of the chances
   */
  static LoadResult baseline(OpenLoop load, IntFunction<String> call) {
    LoadResult result = failedByTimeAlone(load.run(call));
    for (int chance = 1; chance < CHANCES && result.inTime() < ALL; chance++) {
      result = failedByTimeAlone(load.run(call));
    }
    assumeThat(result.inTime())
        .as("INCONCLUSIVE: without any fault, %s", result)
        .isGreaterThanOrEqualTo(ALL);
    return keptUp(result);
  }

  private static LoadResult failedByTimeAlone(LoadResult result) {
    assertThat(result.failuresByCode().keySet())
        .as("without any fault, %s", result)
        .isSubsetOf(RpcCode.DEADLINE_EXCEEDED);
    return result;
  }

  /** A load that was sent when it was meant to be. */
  static LoadResult keptUp(LoadResult result) {
    assumeThat(result.mostLate())
        .as("INCONCLUSIVE: this machine stood still for too long, %s", result)
        .isLessThan(result.budget().dividedBy(2));
    return result;
  }
}

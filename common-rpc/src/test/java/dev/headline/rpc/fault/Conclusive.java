package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headline.rpc.RpcCode;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.opentest4j.TestAbortedException;

/**
 * Whether a run says anything about the software. A machine that is too slow to answer the load
 * without a fault, or to send it, or that others make use of meanwhile, says nothing: the test is
 * then skipped with the reason, and not failed. Without a fault, only lateness is such a reason,
 * because a slow machine makes no call fail in another way.
 */
final class Conclusive {

  private static final double ALL = 0.999;

  /** A machine that is busy for a moment gets another chance; one that is always busy does not. */
  private static final int CHANCES = 3;

  /** A test that has less than the rest of the machine to itself cannot be held to a ratio. */
  private static final double NEIGHBOURS = 0.2;

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

  /**
   * Holds to a promise. It may be broken only on a machine of which others had a good part
   * meanwhile; a promise that is kept is kept, however busy the machine was.
   *
   * @param neighbours the share of the machine that others had since the load began, 0 to 1
   * @throws AssertionError if it is broken, and nobody else is to blame
   */
  static void promised(DoubleSupplier neighbours, Runnable promise) {
    // Before the promise is looked at, because looking takes time in which the machine is free.
    double share = neighbours.getAsDouble();
    try {
      promise.run();
    } catch (AssertionError e) {
      if (share <= NEIGHBOURS) {
        throw e;
      }
      throw new TestAbortedException(
          "INCONCLUSIVE: others had %.0f %% of this machine, and %s"
              .formatted(100 * share, e.getMessage()),
          e);
    }
  }

  /** A load that was sent when it was meant to be. */
  static LoadResult keptUp(LoadResult result) {
    assumeThat(result.mostLate())
        .as("INCONCLUSIVE: this machine stood still for too long, %s", result)
        .isLessThan(result.budget().dividedBy(2));
    return result;
  }
}

package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a load without a fault says of the machine, and what of the software. */
class ConclusiveTest {

  /** Ticks of 10 ms: the kernel does not count all processes at once. */
  private static final int SLACK = 10;

  private static final OpenLoop LOAD = new OpenLoop(1_000, 50, Duration.ofSeconds(10));

  @Test
  void callsThatAreLateSayThatTheMachineIsBusy() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(
            () -> Conclusive.baseline(LOAD, failing(RpcCode.DEADLINE_EXCEEDED, Integer.MAX_VALUE)))
        .withMessageContaining("INCONCLUSIVE");
  }

  @Test
  void aMachineThatIsBusyForAMomentGetsAnotherChance() {
    LoadResult result = Conclusive.baseline(LOAD, failing(RpcCode.DEADLINE_EXCEEDED, 1));

    assertThat(result.failures()).isEmpty();
  }

  @Test
  void aSingleCallThatFailsForAnotherReasonFailsTheTestWithoutAnotherChance() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Conclusive.baseline(LOAD, failing(RpcCode.UNAVAILABLE, 1)))
        .withMessageContaining("UNAVAILABLE");
  }

  @Test
  void aPromiseThatIsBrokenOnAMachineThatOthersUseSaysNothing() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> Conclusive.promised(() -> 0.3, ConclusiveTest::broken))
        .withMessageContaining("INCONCLUSIVE: others had 30 %")
        .withMessageContaining("Broken");
  }

  @Test
  void aPromiseThatIsBrokenByNobodyElseFailsTheTest() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Conclusive.promised(() -> 0.1, ConclusiveTest::broken))
        .withMessage("Broken");
  }

  @Test
  void whatThisTestUsesIsNotItsNeighbours() {
    Neighbours before = Neighbours.watch();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - start < Duration.ofMillis(300).toNanos()) {
      Thread.onSpinWait();
    }
    Neighbours now = Neighbours.watch();

    assertThat(now.ours() - before.ours()).isGreaterThanOrEqualTo(30 - SLACK);
    assertThat(now.busy() - now.ours()).isGreaterThan(before.busy() - before.ours() - SLACK);
    assertThat(before.share()).isBetween(0.0, 1.0);
  }

  private static void broken() {
    throw new AssertionError("Broken");
  }

  /** Calls of which the first ones fail. */
  private static IntFunction<String> failing(RpcCode code, int first) {
    AtomicInteger calls = new AtomicInteger();
    return _ -> {
      if (calls.getAndIncrement() < first) {
        throw new RpcException(code, "This one fails");
      }
      return "instance";
    };
  }
}

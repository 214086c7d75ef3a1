package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a load without a fault says of the machine, and what of the software. */
class ConclusiveTest {

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

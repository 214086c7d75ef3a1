package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What becomes of a slow instance over time. */
class PeakEwmaTest {

  private static final Duration QUICK = Duration.ofMillis(5);
  private static final Duration SLOW = Duration.ofMillis(50);

  private final Simulation simulation =
      new Simulation(Nodes.weighing(100, 100, 100), Cost.PEAK_EWMA);

  private static double share(int[] calls, int node) {
    return (double) calls[node] / Arrays.stream(calls).sum();
  }

  @Test
  void aSlowInstanceGetsUnderFifteenPercentOfTheCallsAndFarLessThanByCountingAlone() {
    int[] calls = simulation.run(Duration.ofMinutes(1), QUICK, QUICK, SLOW);
    assertThat(share(calls, 2)).isLessThan(0.05);

    var byCount = new Simulation(Nodes.weighing(100, 100, 100), Cost.LEAST_REQUEST);
    int[] counted = byCount.run(Duration.ofMinutes(1), QUICK, QUICK, SLOW);
    assertThat(share(counted, 2)).isGreaterThan(2 * share(calls, 2));
  }

  @Test
  void anInstanceThatHasRecoveredGetsItsShareBackWithinHalfAMinute() {
    simulation.run(Duration.ofSeconds(30), QUICK, QUICK, SLOW);

    simulation.run(Duration.ofSeconds(30), QUICK, QUICK, QUICK);

    int[] later = simulation.run(Duration.ofSeconds(30), QUICK, QUICK, QUICK);
    assertThat(share(later, 2)).isGreaterThan(0.15);
  }

  @Test
  void equalInstancesAllGetCalls() {
    int[] calls = simulation.run(Duration.ofMinutes(5), QUICK, QUICK, QUICK);

    for (int node = 0; node < 3; node++) {
      assertThat(share(calls, node)).isBetween(0.2, 0.5);
    }
  }
}

package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.BalancePolicy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalancingTest {

  static Stream<BalancePolicy> policies() {
    return Stream.of(
        new BalancePolicy.WeightedRoundRobin(),
        new BalancePolicy.LeastRequest(),
        new BalancePolicy.PeakEwma(Duration.ofSeconds(1)),
        new BalancePolicy.ConsistentHash("user"),
        new BalancePolicy.NearestFirst(5));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void eachPolicyHasABalancerThatPicksWhatIsUsable(BalancePolicy policy) {
    Balancer balancer = Balancing.with(SlowStart.DEFAULT).over(policy, Nodes.weighing(1, 1, 1));

    assertThat(balancer.pick((node, _) -> node == 1, "a call", 5, 0)).isEqualTo(1);
    assertThat(balancer.pick((_, _) -> false, "a call", 5, 0)).isEqualTo(Balancer.NONE);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theWordsForAPolicyEndWithWhatHappensToNewInstances(BalancePolicy policy) {
    assertThat(Balancing.with(SlowStart.DEFAULT).describe(policy))
        .endsWith("; a new one grows from 10 % of its weight to all of it in 30000 ms");
    assertThat(Balancing.with(SlowStart.NONE).describe(policy)).doesNotContain("a new one");
  }

  @Test
  void theNumbersOfAPolicyAreInItsWords() {
    Balancing balancing = Balancing.with(SlowStart.NONE);

    assertThat(balancing.describe(new BalancePolicy.PeakEwma(Duration.ofSeconds(7))))
        .endsWith("an average forgets 63 % in 7000 ms");
    assertThat(balancing.describe(new BalancePolicy.ConsistentHash("user"))).contains("'user'");
    assertThat(balancing.describe(new BalancePolicy.NearestFirst(5))).contains("5 calls in flight");
  }

  @Test
  void threadsThatHaveJustBegunDoNotAllDrawTheSame() throws InterruptedException {
    Balancing balancing = Balancing.with(SlowStart.NONE);
    Set<Long> drawn = ConcurrentHashMap.newKeySet();

    var threads =
        IntStream.range(0, 20)
            .mapToObj(
                _ -> Thread.startVirtualThread(() -> drawn.add(balancing.random().nextLong())))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(drawn).hasSize(20);
  }
}

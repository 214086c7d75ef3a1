package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedRoundRobinTest {

  private static Balancer over(List<Node> nodes) {
    return new WeightedRoundRobin(nodes, SlowStart.DEFAULT, new Random(1));
  }

  @Test
  void equalNodesTakeTurns() {
    var balancer = over(Nodes.weighing(100, 100, 100));

    for (int round = 0; round < 5; round++) {
      assertThat(Nodes.picks(balancer, 3, 3, Nodes.ALL, 0)).containsExactly(1, 1, 1);
    }
  }

  @Test
  void eachNodeIsPickedAsOftenAsItsWeightSays() {
    var balancer = over(Nodes.weighing(300, 200, 100));

    assertThat(Nodes.picks(balancer, 3, 6_000, Nodes.ALL, 0)[0]).isBetween(2_998, 3_002);
    assertThat(Nodes.picks(balancer, 3, 6_000, Nodes.ALL, 0)[1]).isBetween(1_998, 2_002);
    assertThat(Nodes.picks(balancer, 3, 6_000, Nodes.ALL, 0)[2]).isBetween(998, 1_002);
  }

  @Test
  void aLightNodeIsPickedEvenlyAndNotInBursts() {
    var balancer = over(Nodes.weighing(100, 25));

    for (int window = 0; window < 20; window++) {
      assertThat(Nodes.picks(balancer, 2, 10, Nodes.ALL, 0)[1]).isBetween(1, 3);
    }
  }

  @Test
  void theShareOfAnUnusableNodeGoesToAllOthersByWeight() {
    var balancer = over(Nodes.weighing(100, 100, 100, 200));

    int[] picks = Nodes.picks(balancer, 4, 4_000, (node, _) -> node != 1, 0);

    assertThat(picks[1]).isZero();
    assertThat(picks[0]).isBetween(998, 1_002);
    assertThat(picks[2]).isBetween(998, 1_002);
    assertThat(picks[3]).isBetween(1_998, 2_002);
  }

  @Test
  void theOnlyUsableNodeIsPickedHoweverLightItIs() {
    var balancer = over(Nodes.weighing(1_000, 1, 1_000));

    assertThat(Nodes.picks(balancer, 3, 50, (node, _) -> node == 1, 0)).containsExactly(0, 50, 0);
  }

  @Test
  void whereNoneIsUsableNoneIsPicked() {
    assertThat(over(Nodes.weighing(1, 1)).pick((_, _) -> false, "a call", 0, 0))
        .isEqualTo(Balancer.NONE);
    assertThat(over(List.of()).pick(Nodes.ALL, "a call", 0, 0)).isEqualTo(Balancer.NONE);
  }

  @Test
  void aNewNodeComesToItsShareInAStraightLine() {
    List<Node> nodes = Nodes.weighing(100, 100);
    Node before = nodes.get(1);
    var balancer = over(List.of(nodes.get(0), new Node(before.instance(), 0, before.load())));

    Nodes.assertProportion(Nodes.picks(balancer, 2, 11_000, Nodes.ALL, 0), 10, 1);
    long half = Duration.ofSeconds(15).toNanos();
    Nodes.assertProportion(Nodes.picks(balancer, 2, 15_500, Nodes.ALL, half), 100, 55);
    long whole = Duration.ofSeconds(30).toNanos();
    Nodes.assertProportion(Nodes.picks(balancer, 2, 10_000, Nodes.ALL, whole), 1, 1);
  }

  @Test
  void aNewNodeIsPickedEvenlyWhileItsWeightGrows() {
    var hour = new SlowStart(Duration.ofHours(1));
    List<Node> nodes = Nodes.weighing(100, 100);
    Node old = since(nodes.get(0), hour.established(0));
    Node young = since(nodes.get(1), 0);
    for (int seed = 0; seed < 500; seed++) {
      var balancer = new WeightedRoundRobin(List.of(old, young), hour, new Random(seed));
      int picks = 0;
      for (int call = 0; call < 100; call++) {
        picks += balancer.pick(Nodes.ALL, "a call", 0, Duration.ofMillis(100L * call).toNanos());
      }
      assertThat(picks).as("with seed %d", seed).isBetween(8, 10);
    }
  }

  private static Node since(Node node, long since) {
    return new Node(node.instance(), since, node.load());
  }

  @Test
  void sharesHoldWhenManyThreadsPickAtOnce() {
    var balancer = over(Nodes.weighing(300, 200, 100));
    var picks = new AtomicIntegerArray(3);

    IntStream.range(0, 60_000)
        .parallel()
        .forEach(_ -> picks.incrementAndGet(balancer.pick(Nodes.ALL, "a call", 0, 0)));

    Nodes.assertProportion(new int[] {picks.get(0), picks.get(1), picks.get(2)}, 3, 2, 1);
  }
}

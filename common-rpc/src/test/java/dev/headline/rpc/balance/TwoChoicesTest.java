package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoChoicesTest {

  private static final long LONG_AFTER = Duration.ofHours(1).toNanos();

  private static Balancer over(List<Node> nodes, Cost cost) {
    return new TwoChoices(nodes, SlowStart.DEFAULT, cost, new Random(7));
  }

  private static void occupy(Node node, int calls) {
    for (int i = 0; i < calls; i++) {
      node.load().begin();
    }
  }

  private static void answer(Node node, Duration latency) {
    node.load().begin();
    node.load().answered(latency.toNanos(), 0);
  }

  @Test
  void idleNodesArePickedAsTheirWeightsSay() {
    var balancer = over(Nodes.weighing(300, 200, 100), Cost.LEAST_REQUEST);

    Nodes.assertProportion(Nodes.picks(balancer, 3, 30_000, Nodes.ALL, 0), 3, 2, 1);
  }

  @Test
  void anUnusableNodesShareGoesToTheOthersByWeight() {
    var balancer = over(Nodes.weighing(100, 500, 100, 200), Cost.LEAST_REQUEST);

    int[] picks = Nodes.picks(balancer, 4, 20_000, (node, _) -> node != 1, 0);

    assertThat(picks[1]).isZero();
    Nodes.assertProportion(new int[] {picks[0], picks[2], picks[3]}, 1, 1, 2);
  }

  @Test
  void theBusiestOfThreeIsNeverPicked() {
    List<Node> nodes = Nodes.weighing(100, 100, 100);
    occupy(nodes.get(0), 1);
    occupy(nodes.get(1), 3);

    int[] picks = Nodes.picks(over(nodes, Cost.LEAST_REQUEST), 3, 3_000, Nodes.ALL, 0);

    assertThat(picks[1]).isZero();
    Nodes.assertProportion(new int[] {picks[0], picks[2]}, 1, 2);
  }

  @Test
  void aHeavyNodeMayHaveMoreInFlight() {
    List<Node> nodes = Nodes.weighing(300, 100);
    occupy(nodes.get(0), 2);
    occupy(nodes.get(1), 1);

    int[] picks = Nodes.picks(over(nodes, Cost.LEAST_REQUEST), 2, 1_000, Nodes.ALL, 0);

    assertThat(picks).containsExactly(1_000, 0);
  }

  @Test
  void theSlowestOfThreeIsNeverPickedWhileItsLatencyIsFresh() {
    List<Node> nodes = Nodes.weighing(100, 100, 100);
    answer(nodes.get(0), Duration.ofMillis(5));
    answer(nodes.get(1), Duration.ofMillis(6));
    answer(nodes.get(2), Duration.ofMillis(50));

    int[] picks = Nodes.picks(over(nodes, Cost.PEAK_EWMA), 3, 3_000, Nodes.ALL, 0);

    assertThat(picks[2]).isZero();
  }

  @Test
  void aQuickNodeThatIsBusyIsDearerThanASlowerOneThatIsNot() {
    List<Node> nodes = Nodes.weighing(100, 100);
    answer(nodes.get(0), Duration.ofMillis(5));
    answer(nodes.get(1), Duration.ofMillis(12));
    occupy(nodes.get(0), 2);

    int[] picks = Nodes.picks(over(nodes, Cost.PEAK_EWMA), 2, 100, Nodes.ALL, 0);

    assertThat(picks).containsExactly(0, 100);
  }

  @Test
  void aNodeThatHasNotAnsweredYetGetsOneCallAndNotAll() {
    List<Node> nodes = Nodes.weighing(100, 100);
    answer(nodes.get(0), Duration.ofMillis(5));
    var balancer = over(nodes, Cost.PEAK_EWMA);

    assertThat(Nodes.picks(balancer, 2, 1, Nodes.ALL, 0)).containsExactly(0, 1);
    occupy(nodes.get(1), 1);
    assertThat(Nodes.picks(balancer, 2, 100, Nodes.ALL, 0)).containsExactly(100, 0);
  }

  @Test
  void aNewNodeIsNeitherFloodedBecauseItIsIdleNorStarvedBecauseItIsLight() {
    List<Node> nodes = Nodes.weighing(100, 100);
    Node fresh = new Node(nodes.get(1).instance(), LONG_AFTER, nodes.get(1).load());
    var balancer = over(List.of(nodes.get(0), fresh), Cost.LEAST_REQUEST);

    Nodes.assertProportion(Nodes.picks(balancer, 2, 11_000, Nodes.ALL, LONG_AFTER), 10, 1);
    occupy(nodes.get(0), 1);
    int[] besideABusyOne = Nodes.picks(balancer, 2, 11_000, Nodes.ALL, LONG_AFTER);
    Nodes.assertProportion(besideABusyOne, 9, 2);
  }

  @Test
  void whereNoneIsUsableNoneIsPicked() {
    var balancer = over(Nodes.weighing(1, 1), Cost.PEAK_EWMA);

    assertThat(balancer.pick((_, _) -> false, "a call", 0, 0)).isEqualTo(Balancer.NONE);
    assertThat(over(List.of(), Cost.PEAK_EWMA).pick(Nodes.ALL, "a call", 0, 0))
        .isEqualTo(Balancer.NONE);
  }
}

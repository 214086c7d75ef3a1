package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {

  private static final int KEYS = 20_000;
  private static final List<Node> FIVE = Nodes.weighing(100, 100, 100, 100, 100);

  private static Balancer over(List<Node> nodes) {
    return new ConsistentHash(nodes, SlowStart.DEFAULT);
  }

  private static long key(long number) {
    return Hash.of("user-" + number);
  }

  private static int owner(Balancer balancer, long number) {
    return balancer.pick(Nodes.ALL, "a call", key(number), 0);
  }

  @Test
  void theSameKeyGoesToTheSameNodeInEveryProcess() {
    for (long number = 0; number < 100; number++) {
      assertThat(owner(over(FIVE), number)).isEqualTo(owner(over(FIVE), number));
    }
    assertThat(Hash.of("user-1")).isEqualTo(0xf16d8d440fbb25d5L);
  }

  @Test
  void keysSpreadAsTheWeightsSay() {
    var balancer = over(Nodes.weighing(100, 200, 300));

    int[] picks = Nodes.picks(balancer, 3, 60_000, Nodes.ALL, 0, ConsistentHashTest::key);

    assertThat(picks[0]).isBetween(8_000, 12_000);
    assertThat(picks[1]).isBetween(17_000, 23_000);
    assertThat(picks[2]).isBetween(26_000, 34_000);
  }

  @Test
  void onlyTheKeysOfANodeThatLeavesMove() {
    var before = over(FIVE);
    var after = over(FIVE.subList(0, 4));

    int[] heirs = new int[4];
    for (long number = 0; number < KEYS; number++) {
      int owner = owner(before, number);
      if (owner == 4) {
        heirs[owner(after, number)]++;
      } else {
        assertThat(owner(after, number)).isEqualTo(owner);
      }
    }
    for (int share : heirs) {
      assertThat(share).isGreaterThan(KEYS / 5 / 4 / 2);
    }
  }

  @Test
  void aNodeThatIsUnusableForAWhileGetsItsKeysBack() {
    var balancer = over(FIVE);
    int owner = owner(balancer, 1);

    int substitute = balancer.pick((node, _) -> node != owner, "a call", key(1), 0);

    assertThat(substitute).isNotEqualTo(owner).isNotEqualTo(Balancer.NONE);
    assertThat(owner(balancer, 1)).isEqualTo(owner);
  }

  @Test
  void aNewNodeTakesItsKeysBitByBitAndTheRestStaysWhereItWas() {
    Node last = FIVE.get(4);
    var fresh = new Node(last.instance(), 0, last.load());
    var without = over(FIVE.subList(0, 4));
    var ramping = over(List.of(FIVE.get(0), FIVE.get(1), FIVE.get(2), FIVE.get(3), fresh));

    int[] taken = new int[4];
    for (int tenSeconds = 0; tenSeconds < 4; tenSeconds++) {
      long now = Duration.ofSeconds(10L * tenSeconds).toNanos();
      for (long number = 0; number < KEYS; number++) {
        int owner = ramping.pick(Nodes.ALL, "a call", key(number), now);
        if (owner == 4) {
          taken[tenSeconds]++;
        } else {
          assertThat(owner).isEqualTo(owner(without, number));
        }
      }
    }
    assertThat(taken[0] / (double) taken[3]).isBetween(0.08, 0.12);
    assertThat(taken[1] / (double) taken[3]).isBetween(0.36, 0.44);
    assertThat(taken[2] / (double) taken[3]).isBetween(0.65, 0.75);
  }

  @Test
  void aNewNodeThatIsTheOnlyUsableOneTakesEverything() {
    var fresh = new Node(FIVE.getFirst().instance(), 0, FIVE.getFirst().load());

    assertThat(Nodes.picks(over(List.of(fresh)), 1, 100, Nodes.ALL, 0, ConsistentHashTest::key))
        .containsExactly(100);
  }

  @Test
  void whereAllAreEquallyNewEachTakesWhatIsItsOwnAtOnce() {
    var established = over(FIVE);
    var fresh = over(FIVE.stream().map(ConsistentHashTest::fresh).toList());
    var asked = new AtomicInteger();
    for (long number = 0; number < 1_000; number++) {
      int owner = fresh.pick((_, _) -> asked.incrementAndGet() > 0, "a call", key(number), 0);
      assertThat(owner).isEqualTo(owner(established, number));
    }

    assertThat(asked).hasValue(1_000);
  }

  @Test
  void whereOnlyNewOnesAreUsableNoneIsSearchedForRoundTheWholeRing() {
    var nodes = new ArrayList<>(FIVE.stream().map(ConsistentHashTest::fresh).toList());
    nodes.set(0, FIVE.getFirst());
    var balancer = over(nodes);
    for (long number = 0; number < 1_000; number++) {
      var asked = new AtomicInteger();
      int picked =
          balancer.pick(
              (node, _) -> asked.incrementAndGet() > 0 && node != 0, "a call", key(number), 0);
      assertThat(picked).isPositive();
      assertThat(asked).hasValueLessThan(100);
    }
  }

  private static Node fresh(Node node) {
    return new Node(node.instance(), 0, node.load());
  }

  @Test
  void whereNoneIsUsableNoneIsPicked() {
    assertThat(over(FIVE).pick((_, _) -> false, "a call", 0, 0)).isEqualTo(Balancer.NONE);
    assertThat(over(List.of()).pick(Nodes.ALL, "a call", 0, 0)).isEqualTo(Balancer.NONE);
  }
}

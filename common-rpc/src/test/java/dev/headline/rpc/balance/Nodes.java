package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Nodes for tests, and how often each of them is picked. */
final class Nodes {

  static final Balancer.Usable<Object> ALL = (_, _) -> true;

  private Nodes() {}

  /** Nodes of the given weights that have been there for ever. */
  static List<Node> weighing(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> node("user-service-" + i, weights[i], new Address.Tcp("10.0.0.1", 9000 + i)))
        .toList();
  }

  static Node at(Address address) {
    return node(address.toString(), Instance.DEFAULT_WEIGHT, address);
  }

  private static Node node(String id, int weight, Address address) {
    return new Node(
        new Instance(id, "user-service", "default", address, weight),
        SlowStart.DEFAULT.established(0),
        new Load(new AtomicInteger(), Duration.ofSeconds(10)));
  }

  /** How often each node is picked, where nothing is in flight. */
  static int[] picks(
      Balancer balancer, int nodes, int times, Balancer.Usable<Object> usable, long now) {
    return picks(balancer, nodes, times, usable, now, _ -> 0);
  }

  static int[] picks(
      Balancer balancer,
      int nodes,
      int times,
      Balancer.Usable<Object> usable,
      long now,
      LongUnaryOperator hash) {
    int[] picks = new int[nodes];
    for (int i = 0; i < times; i++) {
      int picked = balancer.pick(usable, "a call", hash.applyAsLong(i), now);
      assertThat(picked).isNotEqualTo(Balancer.NONE);
      picks[picked]++;
    }
    return picks;
  }

  /**
   * That counts may well come from chances in the given proportion: Pearson's chi-square is under
   * the value that one of a thousand samples exceeds.
   */
  static void assertProportion(int[] counts, double... shares) {
    double whole = Arrays.stream(shares).sum();
    int times = Arrays.stream(counts).sum();
    double square = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = times * shares[i] / whole;
      square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    double[] exceededByOneOfThousand = {0, 10.83, 13.82, 16.27, 18.47};
    assertThat(square)
        .as("chi-square of %s against %s", Arrays.toString(counts), Arrays.toString(shares))
        .isLessThan(exceededByOneOfThousand[counts.length - 1]);
  }
}

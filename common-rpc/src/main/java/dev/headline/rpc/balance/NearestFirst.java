package dev.headline.rpc.balance;

import dev.headline.rpc.discovery.Instance;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The least busy of the nearest nodes: in this process, then over a Unix socket, then on this host,
 * then anywhere. A node that has its fill of calls is passed over in favour of one farther away; if
 * all have their fill, distance no longer counts.
 */
final class NearestFirst implements Balancer {

  private static final int FULL = Distance.ELSEWHERE + 1;

  private final List<Node> nodes;
  private final int[] distances;
  private final int fill;
  private final SlowStart slowStart;
  private final RandomGenerator random;

  /**
   * @param fill how many calls in flight fill an instance of the usual weight; a lighter or a new
   *     one is full earlier, in proportion. At least 1
   * @param random safe for use by many threads
   */
  NearestFirst(
      List<Node> nodes, Distance distance, int fill, SlowStart slowStart, RandomGenerator random) {
    this.nodes = List.copyOf(nodes);
    this.distances =
        nodes.stream().mapToInt(node -> distance.of(node.instance().address())).toArray();
    this.fill = fill;
    this.slowStart = slowStart;
    this.random = random;
  }

  @Override
  public <C> int pick(Usable<? super C> usable, C call, long hash, long now) {
    int best = NONE;
    int bestRank = 0;
    double bestLoad = 0;
    double tied = 0;
    for (int node = 0; node < nodes.size(); node++) {
      if (!usable.test(node, call)) {
        continue;
      }
      double weight = nodes.get(node).weight(slowStart, now);
      double load = nodes.get(node).load().inFlight() / weight;
      int rank = isFull(load) ? FULL : distances[node];
      if (best == NONE || rank < bestRank || (rank == bestRank && load < bestLoad)) {
        best = node;
        bestRank = rank;
        bestLoad = load;
        tied = weight;
        continue;
      }
      if (rank == bestRank && load == bestLoad) {
        // Of those that are alike each wins as often as its weight says, in a single pass.
        tied += weight;
        best = random.nextDouble() * tied < weight ? node : best;
      }
    }
    return best;
  }

  private boolean isFull(double load) {
    return load * Instance.DEFAULT_WEIGHT >= fill;
  }
}

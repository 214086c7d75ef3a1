package dev.headline.rpc.balance;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The cheaper one of two that chance has chosen. Nearly as good as the cheapest of all, and not
 * every client runs to the same node.
 *
 * <p>The first is drawn by weight. The second is drawn by weight from the rest, and is heard only
 * as often as it weighs against the first. So equally cheap nodes have shares as their weights say,
 * and a light one, such as one that is new, is neither flooded because it is idle nor starved
 * because it is light.
 *
 * @see <a href="https://www.eecs.harvard.edu/~michaelm/postscripts/handbook2001.pdf">Mitzenmacher,
 *     Richa, Sitaraman: The Power of Two Random Choices</a>
 */
final class TwoChoices implements Balancer {

  private final List<Node> nodes;
  private final SlowStart slowStart;
  private final Cost cost;
  private final RandomGenerator random;

  /**
   * @param random safe for use by many threads
   */
  TwoChoices(List<Node> nodes, SlowStart slowStart, Cost cost, RandomGenerator random) {
    this.nodes = List.copyOf(nodes);
    this.slowStart = slowStart;
    this.cost = cost;
    this.random = random;
  }

  @Override
  public <C> int pick(Usable<? super C> usable, C call, long hash, long now) {
    double total = 0;
    double heaviest = 0;
    for (int node = 0; node < nodes.size(); node++) {
      if (usable.test(node, call)) {
        double weight = weight(node, now);
        total += weight;
        heaviest = Math.max(heaviest, weight);
      }
    }
    int first = draw(usable, call, now, total, NONE);
    if (first == NONE) {
      return NONE;
    }
    int second = draw(usable, call, now, total - weight(first, now), first);
    if (second == NONE || !isHeard(second, first, now)) {
      return first;
    }
    return cost(second, heaviest, now) < cost(first, heaviest, now) ? second : first;
  }

  /** One usable node other than the one that is left out, by weight. */
  private <C> int draw(Usable<? super C> usable, C call, long now, double total, int leftOut) {
    double rest = random.nextDouble() * total;
    int drawn = NONE;
    for (int node = 0; node < nodes.size(); node++) {
      if (node != leftOut && usable.test(node, call)) {
        drawn = node;
        rest -= weight(node, now);
        if (rest < 0) {
          return drawn;
        }
      }
    }
    return drawn;
  }

  private boolean isHeard(int second, int first, long now) {
    double against = weight(second, now) / weight(first, now);
    return against >= 1 || random.nextDouble() < against;
  }

  private double cost(int node, double heaviest, long now) {
    return cost.of(nodes.get(node).load(), weight(node, now) / heaviest, now);
  }

  private double weight(int node, long now) {
    return nodes.get(node).weight(slowStart, now);
  }
}

package dev.headline.rpc.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * One after the other, each as often as its weight says and as evenly as that allows. This is the
 * static stride scheduler of gRPC: a round goes over all nodes, and a node of half the heaviest
 * weight sits out every second round. The only state is the number of the turn.
 *
 * <p>A node that is not usable lets its turn pass, so its share goes to all others alike and not to
 * its neighbour.
 *
 * @see <a
 *     href="https://github.com/grpc/proposal/blob/master/A58-client-side-weighted-round-robin-lb-policy.md">gRFC
 *     A58</a>
 */
final class WeightedRoundRobin implements Balancer {

  /** The heaviest weight, on the scale on which rounds are counted. */
  private static final long WHOLE = 1 << 16;

  /** In how many steps the weight of a new node could grow from nothing. */
  private static final int STEPS = 20;

  private final List<Node> nodes;
  private final SlowStart slowStart;
  private final AtomicLong turn;

  /**
   * @param random where the first turn comes from, so that not all clients begin with the same node
   */
  WeightedRoundRobin(List<Node> nodes, SlowStart slowStart, RandomGenerator random) {
    this.nodes = List.copyOf(nodes);
    this.slowStart = slowStart;
    this.turn = new AtomicLong(random.nextInt(1 << 20));
  }

  @Override
  public <C> int pick(Usable<? super C> usable, C call, long hash, long now) {
    int heaviest = heaviest(usable, call, now);
    if (heaviest == NONE) {
      return NONE;
    }
    double most = weight(heaviest, now);
    // The heaviest is due in every round. Only when others take the very turns in between may it
    // take more than one.
    for (int turns = 4 * nodes.size(); turns > 0; turns--) {
      long number = turn.getAndIncrement();
      int node = (int) (number % nodes.size());
      if (usable.test(node, call) && isDue(node, number / nodes.size(), weight(node, now) / most)) {
        return node;
      }
    }
    return heaviest;
  }

  private <C> int heaviest(Usable<? super C> usable, C call, long now) {
    int heaviest = NONE;
    for (int node = 0; node < nodes.size(); node++) {
      if (usable.test(node, call)
          && (heaviest == NONE || weight(node, now) > weight(heaviest, now))) {
        heaviest = node;
      }
    }
    return heaviest;
  }

  /** Whether the multiple of the weight passes a whole number in this round. */
  private static boolean isDue(int node, long round, double weight) {
    long stride = Math.max(1, Math.min(WHOLE, Math.round(weight * WHOLE)));
    // Neighbours of equal weight take turns in sitting out.
    long offset = node * (WHOLE / 2);
    return (stride * round + offset) % WHOLE >= WHOLE - stride;
  }

  /**
   * That of a new node grows in steps: each change moves the rounds in which it is due, and if that
   * happened with each call, it might be due in none of them.
   */
  private double weight(int node, long now) {
    Node it = nodes.get(node);
    double factor = slowStart.factor(it.since(), now);
    return it.instance().weight() * Math.rint(factor * STEPS) / STEPS;
  }
}

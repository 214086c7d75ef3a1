package dev.headline.rpc.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Calls of the same hash go to the same node. Each node owns many points of a ring, more if it is
 * heavier; a hash belongs to the next point. When a node goes, only its own hashes move, and to all
 * others alike; when one comes, it takes only what will be its own (Ketama).
 *
 * <p>While a node is new it takes only a part of its hashes, growing; the rest stays where it was
 * before the node came. New is what is newer than the oldest: where all are equally new there is no
 * before, and each takes what is its own.
 *
 * @see <a
 *     href="https://www.metabrew.com/article/libketama-consistent-hashing-algo-memcached-clients">
 *     Richard Jones: libketama</a>
 */
final class ConsistentHash implements Balancer {

  /** For a weight of 100: shares differ by a tenth or so from what the weights say. */
  private static final double POINTS_PER_WEIGHT = 1.6;

  /**
   * How many points are looked at for a node that is not too new. With nine of ten nodes new one
   * hash in a thousand finds none, and goes to a node that should not have it yet.
   */
  private static final int FARTHEST = 64;

  private final List<Node> nodes;
  private final SlowStart slowStart;
  private final long[] points;
  private final int[] owners;
  private final long oldest;

  ConsistentHash(List<Node> nodes, SlowStart slowStart) {
    this.nodes = List.copyOf(nodes);
    this.slowStart = slowStart;
    List<Point> ring = Point.ring(this.nodes, POINTS_PER_WEIGHT);
    points = ring.stream().mapToLong(Point::place).toArray();
    owners = ring.stream().mapToInt(Point::owner).toArray();
    oldest = this.nodes.stream().mapToLong(Node::since).reduce(ConsistentHash::earlier).orElse(0);
  }

  @Override
  public <C> int pick(Usable<? super C> usable, C call, long hash, long now) {
    int begin = indexOf(Hash.mix(hash));
    double luck = Hash.fraction(hash) * slowStart.factor(oldest, now);
    int fallback = NONE;
    int last = points.length;
    for (int i = 0; i < last; i++) {
      int node = owners[(begin + i) % points.length];
      if (usable.test(node, call)) {
        if (luck < slowStart.factor(nodes.get(node).since(), now)) {
          return node;
        }
        if (fallback == NONE) {
          fallback = node;
          last = Math.min(last, i + FARTHEST);
        }
      }
    }
    return fallback;
  }

  /** By a clock that may begin below zero and run over. */
  private static long earlier(long one, long other) {
    return one - other < 0 ? one : other;
  }

  /** The first point at the place or after it; the ring begins anew after the last. */
  private int indexOf(long place) {
    int found = Arrays.binarySearch(points, place);
    int at = found >= 0 ? found : -found - 1;
    return at == points.length ? 0 : at;
  }
}

package dev.headline.rpc.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Calls of the same hash go to the same node. Each node owns many points of a ring, more if it is
 * heavier; a hash belongs to the next point. When a node goes, only its own hashes move, and to all
 * others alike; when one comes, it takes only what will be its own (Ketama).
 *
 * <p>While a node is new it takes only a part of its hashes, growing; the rest stays where it was
 * before the node came.
 *
 * @see <a
 *     href="https://www.metabrew.com/article/libketama-consistent-hashing-algo-memcached-clients">
 *     Richard Jones: libketama</a>
 */
final class ConsistentHash implements Balancer {

  /** For a weight of 100: shares differ by a tenth or so from what the weights say. */
  private static final double POINTS_PER_WEIGHT = 1.6;

  private final List<Node> nodes;
  private final SlowStart slowStart;
  private final long[] points;
  private final int[] owners;

  ConsistentHash(List<Node> nodes, SlowStart slowStart) {
    this.nodes = List.copyOf(nodes);
    this.slowStart = slowStart;
    List<Point> ring = Point.ring(this.nodes, POINTS_PER_WEIGHT);
    points = ring.stream().mapToLong(Point::place).toArray();
    owners = ring.stream().mapToInt(Point::owner).toArray();
  }

  @Override
  public <C> int pick(Usable<? super C> usable, C call, long hash, long now) {
    int begin = indexOf(Hash.mix(hash));
    double luck = Hash.fraction(hash);
    int fallback = NONE;
    for (int i = 0; i < points.length; i++) {
      int node = owners[(begin + i) % points.length];
      if (usable.test(node, call)) {
        if (luck < slowStart.factor(nodes.get(node).since(), now)) {
          return node;
        }
        fallback = fallback == NONE ? node : fallback;
      }
    }
    return fallback;
  }

  /** The first point at the place or after it; the ring begins anew after the last. */
  private int indexOf(long place) {
    int found = Arrays.binarySearch(points, place);
    int at = found >= 0 ? found : -found - 1;
    return at == points.length ? 0 : at;
  }
}

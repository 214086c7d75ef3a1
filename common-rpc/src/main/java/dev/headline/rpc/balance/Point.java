package dev.headline.rpc.balance;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;

/**
 * A point of a ring of hashes.
 *
 * @param place where on the ring
 * @param owner the node's place in the list
 */
record Point(long place, int owner) {

  /**
   * The points of all nodes in order. How many a node has depends on nothing but its own weight, so
   * that no other node's coming or going moves them.
   */
  static List<Point> ring(List<Node> nodes, double perWeight) {
    List<Point> ring = new ArrayList<>();
    for (int owner = 0; owner < nodes.size(); owner++) {
      Node node = nodes.get(owner);
      long seed = Hash.of(node.instance().id());
      long count = Math.max(1, Math.round(node.instance().weight() * perWeight));
      for (long number = 0; number < count; number++) {
        ring.add(new Point(Hash.mix(seed + number), owner));
      }
    }
    ring.sort(comparingLong(Point::place));
    return ring;
  }
}

package dev.headline.data.route;

import dev.headline.data.ReplicationSettings;
import dev.headline.data.WalPosition;
import dev.headline.data.lag.Replication;
import dev.headline.data.lag.Standing;
import dev.headline.data.lag.Standing.Measured;
import dev.headline.data.lag.Standing.Unknown;
import dev.headline.data.route.RouteMeter.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the replica for a read: of those that are fresh and show what the reader has seen
 * already, the one with the fewest requests; of several with as few, the next in turn.
 *
 * <p>Safe for use by many threads.
 */
final class ReplicaChoice {

  private final List<Node> replicas;
  private final Replication replication;
  private final ReplicationSettings bounds;
  private final RouteMeter meter;
  private final AtomicInteger turn = new AtomicInteger();

  /** What came of it. */
  sealed interface Choice {

    /**
     * A node.
     *
     * @param permit of its breaker, for {@link Node#run}
     * @param shown what it shows at least
     */
    record Chosen(Node node, Object permit, WalPosition shown) implements Choice {}

    /**
     * No replica.
     *
     * @param reason what kept the one away that came closest
     */
    record Nobody(Reason reason) implements Choice {}
  }

  private record Candidate(Node node, int inside, WalPosition shown) {}

  ReplicaChoice(
      List<Node> replicas, Replication replication, ReplicationSettings bounds, RouteMeter meter) {
    this.replicas = replicas;
    this.replication = replication;
    this.bounds = bounds;
    this.meter = meter;
  }

  /**
   * Chooses, and counts what was passed over.
   *
   * @param needed what must be shown
   * @param failed where the same read has just failed; null if nowhere
   */
  Choice choose(WalPosition needed, @Nullable Node failed) {
    int size = replicas.size();
    if (size == 0) {
      return new Choice.Nobody(Reason.NO_REPLICA);
    }
    int start = Math.floorMod(turn.getAndIncrement(), size);
    List<Candidate> fit = new ArrayList<>(size);
    Reason closest = Reason.DOWN;
    for (int i = 0; i < size; i++) {
      int index = (start + i) % size;
      Node node = replicas.get(index);
      Standing standing = replication.replica(index);
      Reason objection = node == failed ? Reason.DOWN : objection(standing, needed);
      if (objection == null && standing instanceof Measured measured) {
        fit.add(new Candidate(node, node.inside(), measured.shown()));
      } else if (objection != null) {
        meter.passedOver(node, objection);
        closest = closer(closest, objection);
      }
    }
    fit.sort(Comparator.comparingInt(Candidate::inside));
    return enter(fit, closest, failed == null ? Reason.READ : Reason.INSTEAD);
  }

  private Choice enter(List<Candidate> fit, Reason closest, Reason reason) {
    Reason nearest = closest;
    for (Candidate candidate : fit) {
      Object permit = candidate.node().tryEnter();
      if (permit != null) {
        meter.chose(candidate.node(), reason);
        return new Choice.Chosen(candidate.node(), permit, candidate.shown());
      }
      meter.passedOver(candidate.node(), Reason.BREAKER);
      nearest = closer(nearest, Reason.BREAKER);
    }
    return new Choice.Nobody(nearest);
  }

  /** Why a read should not go there; null if it may. */
  private @Nullable Reason objection(Standing standing, WalPosition needed) {
    return switch (standing) {
      case Unknown _ -> Reason.DOWN;
      case Measured measured when replication.isOld(measured) -> Reason.DOWN;
      case Measured measured when isBehind(measured) -> Reason.BEHIND;
      case Measured measured -> measured.shown().hasReached(needed) ? null : Reason.SESSION;
    };
  }

  private boolean isBehind(Measured measured) {
    return measured.lagBytes() > bounds.maxLag().toBytes()
        || measured.delayNanos() > bounds.maxDelay().toNanos();
  }

  /** Reasons stand in the order of how little was lacking. */
  private static Reason closer(Reason one, Reason other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.Path;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.RoutePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The clusters that calls of one method may go to, with the chain on the way to each, as one policy
 * table wants them. Immutable.
 */
final class Routes {

  /** The way to one cluster. */
  private record Way(Path path, ClientStack stack, int share) {

    String cluster() {
      return path.target().key().toCluster();
    }
  }

  private final Policies.Edition edition;
  private final RoutePolicy policy;
  private final Way base;
  private final List<Way> shares;
  private final int allShares;
  private final Map<String, Way> lanes;

  private Routes(
      Policies.Edition edition,
      RoutePolicy policy,
      Way base,
      List<Way> shares,
      Map<String, Way> lanes) {
    this.edition = edition;
    this.policy = policy;
    this.base = base;
    this.shares = shares;
    this.allShares = sum(shares);
    this.lanes = lanes;
  }

  /**
   * Composes the chain to each cluster once.
   *
   * @param cluster where calls go that no rule routes elsewhere; the rule is that of its five-tuple
   * @param stackOf the stack to a cluster, the same for each edition
   */
  static Routes of(
      Policies.Edition edition, String cluster, Function<String, ClientStack> stackOf) {
    ClientStack stack = stackOf.apply(cluster);
    RoutePolicy policy = stack.policy(edition).route();
    var base = new Way(stack.compose(edition), stack, 0);
    Map<String, Path> composed = new HashMap<>();
    composed.put(cluster, base.path());
    Function<String, Path> pathOf =
        name -> composed.computeIfAbsent(name, _ -> stackOf.apply(name).compose(edition));

    List<Way> shares = new ArrayList<>();
    new TreeMap<>(policy.weights())
        .forEach(
            (name, share) -> {
              if (share > 0) {
                shares.add(new Way(pathOf.apply(name), stackOf.apply(name), share));
              }
            });
    Map<String, Way> lanes = new HashMap<>();
    policy
        .lanes()
        .forEach(
            (lane, name) -> lanes.put(lane, new Way(pathOf.apply(name), stackOf.apply(name), 0)));
    return new Routes(edition, policy, base, List.copyOf(shares), Map.copyOf(lanes));
  }

  /** The policies that they were composed for. */
  Policies.Edition edition() {
    return edition;
  }

  /** The way of calls that no rule routes elsewhere. */
  Path base() {
    return base.path();
  }

  /** The way of each cluster that calls may go to. */
  Set<Path> all() {
    Set<Path> all = new LinkedHashSet<>();
    shares.forEach(way -> all.add(way.path()));
    if (shares.isEmpty()) {
      all.add(base.path());
    }
    new TreeMap<>(lanes).values().forEach(way -> all.add(way.path()));
    return all;
  }

  /** Picks the way of the call that the running thread makes. */
  Path pick(RandomGenerator random) {
    return lanes.isEmpty() ? byShare(random) : byLane(random);
  }

  private Path byLane(RandomGenerator random) {
    String lane = RequestContext.current().onward().persistent().get(Baggage.LANE);
    Way way = lane == null ? null : lanes.get(lane);
    if (way == null) {
      return byShare(random);
    }
    if (way.stack().isUsable()) {
      return way.path();
    }
    return instead(
        byShare(random),
        "lane left",
        "No instance of cluster %s, where lane %s leads, is connected"
            .formatted(way.cluster(), lane));
  }

  private Path byShare(RandomGenerator random) {
    if (shares.isEmpty()) {
      return base.path();
    }
    Way drawn = draw(shares, random.nextInt(allShares));
    if (drawn.stack().isUsable()) {
      return drawn.path();
    }
    List<Way> usable = shares.stream().filter(way -> way.stack().isUsable()).toList();
    if (usable.isEmpty()) {
      // Nobody can answer. The chain of the one that was drawn knows whether to wait.
      return drawn.path();
    }
    return instead(
        draw(usable, random.nextInt(sum(usable))).path(),
        "other cluster",
        "No instance of cluster %s, which was drawn, is connected".formatted(drawn.cluster()));
  }

  private static Path instead(Path path, String outcome, String reason) {
    path.target().decisions().record("Route", outcome, reason);
    return path;
  }

  private static Way draw(List<Way> ways, int number) {
    int left = number;
    for (Way way : ways) {
      left -= way.share();
      if (left < 0) {
        return way;
      }
    }
    throw new IllegalArgumentException(number + " is past all shares");
  }

  private static int sum(List<Way> ways) {
    int sum = 0;
    for (Way way : ways) {
      sum += way.share();
    }
    return sum;
  }

  /** Where calls go, in words. */
  String describe() {
    String byShare =
        shares.isEmpty()
            ? "all calls go to " + base.cluster()
            : "calls go by weight to " + new TreeMap<>(policy.weights());
    return lanes.isEmpty()
        ? byShare
        : "%s, those in a lane to %s".formatted(byShare, new TreeMap<>(policy.lanes()));
  }
}

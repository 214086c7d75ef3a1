package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which cluster of a service a call goes to. It is read from the policy of the five-tuple with the
 * cluster that the client is set up to call; what governs the call after that is the policy of the
 * cluster that it goes to.
 *
 * @param weights a cluster's share of the calls, relative to the others; each 0 to 1,000, not all
 *     0. Empty: all go to the cluster that the client is set up to call
 * @param lanes the cluster of each lane: a request that carries the lane's name goes there as long
 *     as the cluster has an instance, and by weight otherwise
 */
public record RoutePolicy(Map<String, Integer> weights, Map<String, String> lanes) {

  /** What holds where no rule says otherwise. */
  public static final RoutePolicy DEFAULT = new RoutePolicy(Map.of(), Map.of());

  public RoutePolicy {
    weights = Map.copyOf(weights);
    lanes = Map.copyOf(lanes);
    weights.forEach(RoutePolicy::share);
    lanes.forEach(
        (lane, cluster) -> {
          name(lane, "lane");
          name(cluster, "cluster");
        });
    if (!weights.isEmpty() && weights.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException("route.weights gives no cluster any share: " + weights);
    }
  }

  /**
   * The clusters that calls without a lane go to.
   *
   * @param otherwise the one that the client is set up to call
   */
  public Set<String> clusters(String otherwise) {
    return weights.isEmpty()
        ? Set.of(otherwise)
        : weights.entrySet().stream()
            .filter(share -> share.getValue() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static void share(String cluster, int weight) {
    name(cluster, "cluster");
    Bounds.count("route.weights." + cluster, weight, 0, 1_000);
  }

  private static void name(String candidate, String what) {
    if (!CallKey.isName(candidate)) {
      throw new IllegalArgumentException(
          "A %s is named by 1 to 63 of a-z, 0-9 and '-', but got '%s'".formatted(what, candidate));
    }
  }
}

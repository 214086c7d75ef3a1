package dev.headline.rpc.discovery;

import dev.headline.rpc.CallKey;

/**
 * One running copy of a service.
 *
 * @param id unique among all instances, such as {@code content-service-1}
 * @param service the service's name
 * @param cluster the cluster that it belongs to
 * @param address where it answers
 * @param weight what it can bear relative to its siblings, 1 to 1,000
 */
public record Instance(String id, String service, String cluster, Address address, int weight) {

  /** The weight of an instance that does not say. */
  public static final int DEFAULT_WEIGHT = 100;

  public Instance {
    if (id.isBlank() || !CallKey.isName(service) || !CallKey.isName(cluster)) {
      throw new IllegalArgumentException(
          "An instance needs an id, a service and a cluster, but has '%s', '%s' and '%s'"
              .formatted(id, service, cluster));
    }
    if (weight < 1 || weight > 1_000) {
      throw new IllegalArgumentException("The weight of " + id + " is not 1 to 1000: " + weight);
    }
  }
}

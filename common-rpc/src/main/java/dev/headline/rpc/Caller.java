package dev.headline.rpc;

/**
 * A service in a cluster, as the one who calls.
 *
 * @param service the service's name, such as {@code gateway}; a {@linkplain CallKey#isName name}
 * @param cluster the cluster it runs in; a name
 */
public record Caller(String service, String cluster) {

  /** A caller that did not say who it is. */
  public static final Caller UNKNOWN = new Caller(CallKey.UNKNOWN, CallKey.DEFAULT_CLUSTER);

  public Caller {
    if (!CallKey.isName(service) || !CallKey.isName(cluster)) {
      throw new IllegalArgumentException(
          "A service and a cluster are named by 1 to 63 of a-z, 0-9 and '-', but got '%s' in '%s'"
              .formatted(service, cluster));
    }
  }
}

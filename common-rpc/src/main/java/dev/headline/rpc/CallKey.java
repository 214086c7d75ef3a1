package dev.headline.rpc;

import java.util.regex.Pattern;

/**
 * The five-tuple that names one class of calls: who calls whom, from and to which cluster, and what
 * for.
 *
 * <p>It is the unit of governance: policies are looked up by it, and meters belong to one. The idea
 * is that of ByteDance's kite framework, where each unique tuple of these five is a class of RPC.
 *
 * @param from the calling service, such as {@code gateway}
 * @param fromCluster the cluster that the caller runs in, such as {@code default} or {@code blue}
 * @param to the called service, such as {@code content-service}
 * @param toCluster the cluster that the call goes to
 * @param method the method's own name, such as {@code BatchGet}
 */
public record CallKey(String from, String fromCluster, String to, String toCluster, String method) {

  /** Stands where a caller did not say who it is: a plain gRPC client, for example. */
  public static final String UNKNOWN = "unknown";

  /** The cluster of everything that does not name one. */
  public static final String DEFAULT_CLUSTER = "default";

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * Whether a string may name a service or a cluster: 1 to 63 of {@code a-z 0-9 -}, not starting
   * with a dash. Names become label values and header text, so nothing else is let in.
   */
  public static boolean isName(String candidate) {
    return NAME.matcher(candidate).matches();
  }

  /** The tuple as people write it: {@code gateway/default → content-service/default BatchGet}. */
  @Override
  public String toString() {
    return from + "/" + fromCluster + " → " + to + "/" + toCluster + " " + method;
  }
}

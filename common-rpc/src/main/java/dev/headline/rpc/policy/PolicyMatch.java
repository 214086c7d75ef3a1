package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a rule speaks of. A field of the five-tuple that is null matches everything.
 *
 * @param from the calling service, or null for any
 * @param fromCluster the caller's cluster, or null for any
 * @param to the called service, or null for any
 * @param toCluster the callee's cluster, or null for any
 * @param method the method's own name, or null for any
 */
public record PolicyMatch(
    @Nullable String from,
    @Nullable String fromCluster,
    @Nullable String to,
    @Nullable String toCluster,
    @Nullable String method) {

  /** Every call. */
  public static final PolicyMatch ALL = new PolicyMatch(null, null, null, null, null);

  /** Whether a rule with this match speaks of such calls. */
  public boolean matches(CallKey key) {
    return matches(from, key.from())
        && matches(fromCluster, key.fromCluster())
        && matches(to, key.to())
        && matches(toCluster, key.toCluster())
        && matches(method, key.method());
  }

  private static boolean matches(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  /** The fields that are set, as they are written in a document. */
  @Override
  public String toString() {
    return Stream.of(
            field("from", from),
            field("from-cluster", fromCluster),
            field("to", to),
            field("to-cluster", toCluster),
            field("method", method))
        .flatMap(Function.identity())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Stream<String> field(String name, @Nullable String value) {
    return value == null ? Stream.empty() : Stream.of(name + ": " + value);
  }
}

package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link PolicyTable}: which calls it speaks of, and what it says of them. A field of
 * the five-tuple that is null matches everything; a value that is null leaves what earlier rules
 * said.
 *
 * @param from the calling service, or null for any
 * @param fromCluster the caller's cluster, or null for any
 * @param to the called service, or null for any
 * @param toCluster the callee's cluster, or null for any
 * @param method the method's own name, or null for any
 * @param timeout the new {@link TimeoutPolicy#total()}, or null to leave it
 */
public record PolicyRule(
    @Nullable String from,
    @Nullable String fromCluster,
    @Nullable String to,
    @Nullable String toCluster,
    @Nullable String method,
    @Nullable Duration timeout) {

  boolean matches(CallKey key) {
    return matches(from, key.from())
        && matches(fromCluster, key.fromCluster())
        && matches(to, key.to())
        && matches(toCluster, key.toCluster())
        && matches(method, key.method());
  }

  CallPolicy apply(CallPolicy policy) {
    return timeout == null ? policy : policy.with(policy.timeout().withTotal(timeout));
  }

  private static boolean matches(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }
}

package dev.headline.rpc.load;

import java.util.Map;
import java.util.Set;

/**
 * Reads many values in one round trip. The second of the two shapes in this library: a cache is a
 * loader around a loader.
 *
 * @param <K> what a value is found by; with a stable {@code equals} and {@code hashCode}
 * @param <V> what is found
 */
@FunctionalInterface
public interface Loader<K, V> {

  /**
   * Reads the values of some keys. Blocks the (virtual) thread. It is called within the request's
   * {@link dev.headline.rpc.RequestContext} and returns soon after that ends, as every call and
   * every statement of this platform does; one that cannot is declared {@link FieldLoader#aside}.
   *
   * @param keys at least one; cannot be modified
   * @return the values found. A key without a value is not in it: that is an answer, not an error.
   *     What nobody asked for is ignored.
   * @throws dev.headline.rpc.RpcException if none of the keys can be answered
   */
  Map<K, V> load(Set<K> keys);
}

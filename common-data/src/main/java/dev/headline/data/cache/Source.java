package dev.headline.data.cache;

import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import java.util.Map;
import java.util.Set;

/**
 * Where the values come from that a cache keeps: the database.
 *
 * @param <K> what a value is found by; with a stable {@code equals} and {@code hashCode}
 * @param <V> what is found; immutable
 */
@FunctionalInterface
public interface Source<K, V> {

  /**
   * Reads the values of some keys. Blocks the (virtual) thread. It runs within a {@link
   * dev.headline.rpc.RequestContext} that carries what the request carries which came first, and
   * that is cancelled when nobody waits any more; it then returns soon.
   *
   * @param keys at least one; cannot be modified
   * @param atLeast what the answer should show, because a key was written there; an answer from
   *     before it is not kept. What the reader himself has written, which it must show, is also to
   *     be had from the request.
   * @return the values found, and how new they are; a key without a value is not among them
   * @throws dev.headline.rpc.RpcException if there is no answer
   */
  Snapshot<Map<K, V>> read(Set<K> keys, WalPosition atLeast);
}

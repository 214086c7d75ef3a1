package dev.headline.data.cache;

import dev.headline.data.WalPosition;
import dev.headline.rpc.load.Loader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A loader around a {@link Source}: what it finds in Redis, by one MGET for all keys, it does not
 * ask the source for. What it does not find it loads and puts there, each key once at a time in
 * this process and, as far as Redis can tell, by one process at a time.
 *
 * <ul>
 *   <li><b>Writes.</b> Whoever writes calls {@link #invalidate} after the commit. From then on no
 *       value from before that write is put in Redis, however late it comes. While Redis cannot be
 *       reached, it is remembered, and told later; then and for the moment between the commit and
 *       the command, others may be shown the old value.
 *   <li><b>Readers who write.</b> A value that was read before the reader's own last write is not
 *       shown to him but loaded anew, so he sees what he wrote whatever becomes of Redis.
 *   <li><b>Redis away.</b> It is passed by, at once or after the command timeout; the source is
 *       then asked directly, by so many at a time as the policy allows, and the others wait in
 *       line. A refusal is {@link dev.headline.rpc.RpcCode#RESOURCE_EXHAUSTED}.
 *   <li><b>Cancellation.</b> A request that ends stops waiting at once. What it loads goes on if
 *       others wait for it, and is cancelled if nobody does.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
public final class CacheAside<K, V> implements Loader<K, V>, AutoCloseable {

  private final Supplier<WalPosition> written;
  private final SharedRedis redis;
  private final Tiers<K, V> tiers;

  /**
   * A cache of one kind of values; there is one of each kind in a process.
   *
   * @param kind what it keeps
   * @param source where values come from
   * @param policy how it behaves
   * @param written up to where the reader of the current request has written. Not what he has read:
   *     that is later than nearly everything here, and would make the cache useless to him.
   * @param redis where values are kept
   * @param registry where reads are counted
   */
  public CacheAside(
      CachedKind<K, V> kind,
      Source<K, V> source,
      CachePolicy policy,
      Supplier<WalPosition> written,
      SharedRedis redis,
      MeterRegistry registry) {
    this(kind, source, policy, written, redis, registry, Surroundings.REAL, Scripts.FILL);
  }

  CacheAside(
      CachedKind<K, V> kind,
      Source<K, V> source,
      CachePolicy policy,
      Supplier<WalPosition> written,
      SharedRedis redis,
      MeterRegistry registry,
      Surroundings surroundings,
      String fill) {
    this.written = written;
    this.redis = redis;
    this.tiers = Tiers.of(kind, source, policy, redis, registry, surroundings, fill);
    NearCache<K, V> near = tiers.near();
    if (near != null) {
      redis.watch(near);
    }
  }

  @Override
  public Map<K, V> load(Set<K> keys) {
    return new BatchRead<>(tiers, keys, written.get()).load();
  }

  /**
   * Makes a write seen. Called after its transaction has committed, and before its caller is told
   * so. Blocks the (virtual) thread for one command to Redis at most, also when the request has
   * ended meanwhile, and never throws: what Redis cannot be told now, it is told later.
   *
   * @param keys whose values the write has changed, made or removed
   * @param committedAt a position that the primary had reached after the commit
   */
  public void invalidate(Collection<K> keys, WalPosition committedAt) {
    if (keys.isEmpty()) {
      return;
    }
    tiers.flights().forget(keys);
    NearCache<K, V> near = tiers.near();
    if (near != null) {
      near.drop(keys);
    }
    tiers.invalidations().tell(keys, committedAt);
  }

  /** Tells Redis what it was not told yet, if it can; the cache is not used after that. */
  @Override
  public void close() {
    NearCache<K, V> near = tiers.near();
    if (near != null) {
      redis.forget(near);
    }
    tiers.invalidations().close();
  }
}

package dev.headline.data.cache;

import dev.headline.data.pool.Gate;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache looks, one after the other: nearby, in Redis, and at the source.
 *
 * @param near null if nothing is kept nearby
 */
record Tiers<K, V>(
    @Nullable NearCache<K, V> near,
    RedisStore<K, V> store,
    Invalidations<K> invalidations,
    Flights<K, V> flights,
    Surroundings surroundings,
    CacheMeters meters) {

  /** How many may wait for each place; more would wait in vain. */
  private static final int WAITING_PER_PLACE = 64;

  static <K, V> Tiers<K, V> of(
      CachedKind<K, V> kind,
      Source<K, V> source,
      CachePolicy policy,
      SharedRedis redis,
      MeterRegistry registry,
      Surroundings surroundings,
      String fill) {
    var meters = new CacheMeters(kind.kind(), registry);
    var store = new RedisStore<>(kind, policy, redis, surroundings, meters, fill);
    var gate = gate(policy.limit(), meters);
    var coldRead = new ColdRead<>(store, source, gate, policy, surroundings, meters);
    var invalidations = new Invalidations<>(store, policy.backlog(), surroundings);
    meters.show(invalidations::backlog, gate::waiting);
    return new Tiers<>(
        policy.nearEntries() == 0
            ? null
            : new NearCache<>(kind, policy.nearEntries(), surroundings),
        store,
        invalidations,
        new Flights<>(coldRead, meters),
        surroundings,
        meters);
  }

  private static Gate gate(CachePolicy.Limit limit, CacheMeters meters) {
    return new Gate(
        limit.places(), limit.places() * WAITING_PER_PLACE, Tiers::refused, meters::waited);
  }

  private static RpcException refused() {
    return RpcException.refused(
        RpcCode.RESOURCE_EXHAUSTED, "As many reads of the database as the cache may make are out");
  }
}

package dev.headline.data.cache;

import dev.headline.data.WalPosition;
import dev.headline.data.cache.CacheMeters.Kind;
import dev.headline.data.cache.Entry.Absent;
import dev.headline.data.cache.Entry.Fence;
import dev.headline.data.cache.Entry.Present;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One batch on its way: what has been found, and what is still to be found elsewhere. */
final class BatchRead<K, V> {

  private final Tiers<K, V> tiers;
  private final WalPosition written;
  private final long now;
  private final Map<K, V> found;
  private Collection<K> missing;
  private WalPosition fence = WalPosition.START;

  /**
   * @param written up to where the reader has written
   */
  BatchRead(Tiers<K, V> tiers, Set<K> keys, WalPosition written) {
    this.tiers = tiers;
    this.written = written;
    this.now = tiers.surroundings().wallClock().getAsLong();
    this.found = HashMap.newHashMap(keys.size());
    this.missing = keys;
  }

  Map<K, V> load() {
    NearCache<K, V> near = tiers.near();
    if (near != null) {
      lookNearby(near);
    }
    if (missing.isEmpty()) {
      return found;
    }
    Kind rest = askRedis(near) ? Kind.MISS : Kind.BYPASSED;
    if (!missing.isEmpty()) {
      tiers.meters().read(rest, missing.size());
      tiers.flights().load(missing, new Need(written, fence), found);
    }
    return found;
  }

  private void lookNearby(NearCache<K, V> nearby) {
    var farther = new ArrayList<K>(missing.size());
    for (K key : missing) {
      Present<V> value = nearby.find(key);
      if (value != null && value.freshUntil() > now && value.asOf().hasReached(written)) {
        found.put(key, value.value());
      } else {
        farther.add(key);
      }
    }
    missing = farther;
    tiers.meters().read(Kind.NEAR, found.size());
  }

  /** Whether Redis has answered, and can be believed. */
  private boolean askRedis(@Nullable NearCache<K, V> near) {
    if (!tiers.invalidations().areKnown()) {
      return false;
    }
    long changes = near == null ? 0 : near.changes();
    try {
      Map<K, Entry<V>> entries = tiers.store().read(missing);
      if (near != null) {
        keepNearby(near, entries, changes);
      }
      sort(entries);
      return true;
    } catch (RedisFailure _) {
      return false;
    }
  }

  private void keepNearby(NearCache<K, V> near, Map<K, Entry<V>> entries, long changes) {
    entries.forEach(
        (key, entry) -> {
          if (entry instanceof Present<V> value) {
            near.keep(key, value, changes);
          }
        });
  }

  private void sort(Map<K, Entry<V>> entries) {
    var misses = new ArrayList<K>();
    var ageing = new ArrayList<K>();
    int absent = 0;
    for (K key : missing) {
      switch (entries.get(key)) {
        case Present<V> value when value.asOf().hasReached(written) -> {
          found.put(key, value.value());
          if (value.freshUntil() <= now) {
            ageing.add(key);
          }
        }
        case Absent<V> none when none.asOf().hasReached(written) -> absent++;
        case Fence<V> write -> {
          fence = WalPosition.later(fence, write.asOf());
          misses.add(key);
        }
        case null, default -> misses.add(key);
      }
    }
    count(absent, ageing.size(), missing.size() - misses.size() - absent - ageing.size());
    missing = misses;
    if (!ageing.isEmpty()) {
      tiers.flights().refresh(ageing, new Need(written, WalPosition.START));
    }
  }

  private void count(int absent, int ageing, int fresh) {
    tiers.meters().read(Kind.NEGATIVE, absent);
    tiers.meters().read(Kind.STALE, ageing);
    tiers.meters().read(Kind.REDIS, fresh);
  }
}

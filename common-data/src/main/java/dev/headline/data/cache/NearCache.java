package dev.headline.data.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headline.data.cache.Entry.Present;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Values that this process keeps of those that Redis has. Redis says when one changes; while it
 * cannot say so, none is kept. It is never ahead of Redis, and behind it by the time that a message
 * takes; if Redis hangs, by less than a second.
 *
 * <p>Redis may say that a value has changed between the moment that it was read and the moment that
 * it is kept. So whoever reads looks at {@link #changes} before, and keeps only what was read when
 * nothing has changed since.
 */
final class NearCache<K, V> implements RedisWatcher {

  /** However well it is kept coherent, nothing stays longer than that. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final CachedKind<K, V> kind;
  private final List<String> prefixes;
  private final Cache<String, Present<V>> values;
  private final AtomicLong changes = new AtomicLong();

  NearCache(CachedKind<K, V> kind, int most, Surroundings surroundings) {
    this.kind = kind;
    this.prefixes = kind.watched();
    this.values =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterWrite(LONGEST)
            .ticker(() -> surroundings.nanoClock().getAsLong())
            .build();
  }

  @Nullable Present<V> find(K key) {
    return values.getIfPresent(kind.entry(key));
  }

  /** How many changes it has heard of. */
  long changes() {
    return changes.get();
  }

  /**
   * Keeps a value.
   *
   * @param seen the {@link #changes} before the value was read
   */
  void keep(K key, Present<V> value, long seen) {
    if (changes.get() != seen) {
      return;
    }
    String name = kind.entry(key);
    values.put(name, value);
    if (changes.get() != seen) {
      values.invalidate(name);
    }
  }

  /** Drops what this process itself has written. */
  void drop(Collection<K> keys) {
    keys.forEach(key -> changed(kind.entry(key)));
  }

  @Override
  public List<String> prefixes() {
    return prefixes;
  }

  @Override
  public void changed(String name) {
    if (name.equals(kind.epoch())) {
      lost();
      return;
    }
    changes.incrementAndGet();
    values.invalidate(name);
  }

  @Override
  public void lost() {
    changes.incrementAndGet();
    values.invalidateAll();
  }
}

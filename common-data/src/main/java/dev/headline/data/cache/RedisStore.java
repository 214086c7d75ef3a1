package dev.headline.data.cache;

import static dev.headline.data.cache.EntryFormat.bytes;
import static dev.headline.data.cache.EntryFormat.digits;

import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One cache's part of Redis. Every method is one round trip and throws {@link RedisFailure} if that
 * comes to nothing; it may have had its effect all the same, which harms nothing, because each of
 * them may be done twice, and late.
 */
final class RedisStore<K, V> {

  private static final byte[] FOR_EVER = bytes("0");

  private final CachedKind<K, V> kind;
  private final EntryFormat<V> format;
  private final CachePolicy policy;
  private final SharedRedis redis;
  private final Surroundings surroundings;
  private final CacheMeters meters;
  private final String fill;
  private final AtomicReference<WalPosition> latest = new AtomicReference<>(WalPosition.START);

  /**
   * @param fill {@link Scripts#FILL}, or what a test puts in its place
   */
  RedisStore(
      CachedKind<K, V> kind,
      CachePolicy policy,
      SharedRedis redis,
      Surroundings surroundings,
      CacheMeters meters,
      String fill) {
    this.kind = kind;
    this.format = new EntryFormat<>(kind.form());
    this.policy = policy;
    this.redis = redis;
    this.surroundings = surroundings;
    this.meters = meters;
    this.fill = fill;
  }

  /** What is there; an entry that cannot be believed or understood is not there. */
  Map<K, Entry<V>> read(Collection<K> keys) {
    String[] names = new String[keys.size() + 1];
    names[0] = kind.epoch();
    int next = 1;
    for (K key : keys) {
      names[next++] = kind.entry(key);
    }
    return entries(keys, redis.ask(commands -> commands.mget(names)));
  }

  private Map<K, Entry<V>> entries(Collection<K> keys, List<KeyValue<String, byte[]>> found) {
    byte @Nullable [] epoch = EntryFormat.epoch(found.getFirst().getValueOrElse(null));
    var entries = HashMap.<K, Entry<V>>newHashMap(keys.size());
    int next = 1;
    for (K key : keys) {
      Entry<V> entry = format.read(found.get(next++).getValueOrElse(null), epoch);
      if (entry != null) {
        entries.put(key, entry);
      }
    }
    return entries;
  }

  /** Asks for leases, and for what others have filled meanwhile. */
  Grant<K, V> lease(Collection<K> keys, WalPosition atLeast) {
    String token = digits(surroundings.random().getAsLong());
    List<byte[]> answers =
        redis.run(
            Scripts.LEASE,
            epochAnd(entriesAndLeases(keys)),
            epochFrom(WalPosition.later(latest.get(), atLeast)),
            bytes(token),
            millis(policy.lease().time()),
            bytes(digits(atLeast.bytes())),
            bytes(digits(surroundings.wallClock().getAsLong())));
    return Grant.of(token, keys, answers, format);
  }

  /** Puts in place what was read, as far as the lease and the fences allow it. */
  void fill(Grant<K, V> grant, Collection<K> keys, Snapshot<Map<K, V>> read) {
    var arguments = new ArrayList<byte[]>(2 + 2 * keys.size());
    byte[] epoch = bytes(grant.epoch());
    arguments.add(epoch);
    arguments.add(bytes(grant.token()));
    for (K key : keys) {
      V value = read.value().get(key);
      if (value == null) {
        addAbsence(arguments, epoch, read.asOf());
      } else {
        addValue(arguments, epoch, read.asOf(), value);
      }
    }
    meters.filled(
        redis.run(fill, epochAnd(entriesAndLeases(keys)), arguments.toArray(byte[][]::new)));
  }

  private void addValue(List<byte[]> arguments, byte[] epoch, WalPosition asOf, V value) {
    long fresh = surroundings.spread(policy.lifetimes().fresh().toMillis());
    long lifetime = surroundings.spread(policy.lifetimes().value().toMillis());
    long freshUntil = surroundings.wallClock().getAsLong() + fresh;
    arguments.add(format.present(asOf, epoch, freshUntil, value));
    arguments.add(lifetime == 0 ? FOR_EVER : bytes(Long.toString(lifetime)));
  }

  private void addAbsence(List<byte[]> arguments, byte[] epoch, WalPosition asOf) {
    long lifetime = surroundings.spread(policy.lifetimes().absence().toMillis());
    long until = surroundings.wallClock().getAsLong() + lifetime;
    arguments.add(format.absent(asOf, epoch, until));
    arguments.add(bytes(Long.toString(lifetime)));
  }

  /** Gives leases back, for others to load what its holder could not. */
  void release(Grant<K, V> grant) {
    String[] leases = grant.keys().stream().map(kind::lease).toArray(String[]::new);
    redis.run(Scripts.RELEASE, leases, bytes(grant.token()));
  }

  /** Takes values away, and keeps out what was read before these positions. */
  void fence(Map<K, WalPosition> positions) {
    var arguments = new ArrayList<byte[]>(1 + positions.size());
    arguments.add(millis(policy.lifetimes().fence()));
    positions.values().forEach(position -> arguments.add(EntryFormat.fence(position)));
    redis.run(
        Scripts.FENCE, entriesAndLeases(positions.keySet()), arguments.toArray(byte[][]::new));
  }

  /**
   * Gives up all values at once, those of other instances as well, and keeps out what was read
   * before a position.
   */
  void newEpoch(WalPosition floor) {
    byte[] epoch = epochFrom(floor);
    redis.ask(commands -> commands.set(kind.epoch(), epoch));
    meters.epoch();
  }

  /** Notes a write, for an epoch that begins here because Redis has forgotten everything. */
  void written(WalPosition committedAt) {
    latest.accumulateAndGet(committedAt, WalPosition::later);
  }

  private byte[] epochFrom(WalPosition floor) {
    return bytes(digits(surroundings.random().getAsLong()) + digits(floor.bytes()));
  }

  private String[] entriesAndLeases(Collection<K> keys) {
    String[] names = new String[2 * keys.size()];
    int next = 0;
    for (K key : keys) {
      names[next++] = kind.entry(key);
      names[next++] = kind.lease(key);
    }
    return names;
  }

  private String[] epochAnd(String[] others) {
    String[] names = new String[1 + others.length];
    names[0] = kind.epoch();
    System.arraycopy(others, 0, names, 1, others.length);
    return names;
  }

  private static byte[] millis(Duration time) {
    return bytes(Long.toString(time.toMillis()));
  }
}

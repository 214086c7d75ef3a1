package dev.headline.data.cache;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.headline.data.WalPosition;
import dev.headline.infra.redis.Redis;
import dev.headline.rpc.transport.Timers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One process of many that use the same Redis and the same table. */
final class Instance implements AutoCloseable {

  /** Long, because tests share two cores, and a fault test waits for it a few times only. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** What the reader has written. */
  final AtomicReference<WalPosition> written = new AtomicReference<>(WalPosition.START);

  /** Added to the wall clock. */
  final AtomicLong ahead = new AtomicLong();

  final SharedRedis redis;
  final CacheAside<Long, StringValue> cache;

  private Instance(
      String kind,
      Redis server,
      Source<Long, StringValue> source,
      CachePolicy policy,
      String fill) {
    this.redis = SharedRedis.open(settings(server), meters);
    this.cache =
        new CacheAside<>(
            new CachedKind<>("test", kind, 1, String::valueOf, Form.of(StringValue.parser())),
            source,
            policy,
            written::get,
            redis,
            meters,
            new Surroundings(
                () -> System.currentTimeMillis() + ahead.get(),
                System::nanoTime,
                Timers::alarm,
                () -> ThreadLocalRandom.current().nextLong()),
            fill);
  }

  /** One that is connected. */
  static Instance of(
      String kind, Redis server, Source<Long, StringValue> source, CachePolicy policy) {
    return of(kind, server, source, policy, Scripts.FILL).connected();
  }

  static Instance of(
      String kind,
      Redis server,
      Source<Long, StringValue> source,
      CachePolicy policy,
      String fill) {
    return new Instance(kind, server, source, policy, fill);
  }

  static RedisSettings settings(Redis server) {
    return new RedisSettings(server.uri(), TIMEOUT, 0, null);
  }

  Instance connected() {
    await().until(redis::isConnected);
    return this;
  }

  /** The value of a key; empty if there is none. */
  String load(long key) {
    StringValue value = cache.load(Set.of(key)).get(key);
    return value == null ? "" : value.getValue();
  }

  Map<Long, StringValue> load(Set<Long> keys) {
    return cache.load(keys);
  }

  void invalidate(long key, WalPosition committedAt) {
    cache.invalidate(Set.of(key), committedAt);
  }

  /** Values are put in Redis after they have been handed out. */
  void awaitFills(int keys) {
    await().until(() -> count(CacheMeters.FILLS) >= keys);
  }

  int reads(String kind) {
    return (int) meters.get(CacheMeters.READS).tag("kind", kind).counter().count();
  }

  int fenced(String reason) {
    return (int) meters.get(CacheMeters.FENCES).tag("reason", reason).counter().count();
  }

  int count(String name) {
    return (int) meters.get(name).counter().count();
  }

  int backlog() {
    return (int) meters.get(CacheMeters.BACKLOG).gauge().value();
  }

  @Override
  public void close() {
    cache.close();
    redis.close();
  }
}

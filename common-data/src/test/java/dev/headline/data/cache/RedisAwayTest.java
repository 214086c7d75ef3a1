package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of reads and writes when Redis is down, hangs or has forgotten everything. */
class RedisAwayTest {

  private static final int KEYS = 200;
  private static final int READERS = 32;

  private final Table table = new Table();
  private TestFolder folder;
  private Redis server;

  @BeforeEach
  void start() {
    folder = TestFolder.create();
    server = Redis.start(RedisSettings.in(folder.path()));
    for (long key = 0; key < KEYS; key++) {
      table.write(key, "value");
    }
  }

  @AfterEach
  void stop() {
    server.close();
    folder.close();
  }

  @Test
  void readsGoOnWhileRedisIsKilledAndAfterItsReturn() {
    try (var instance = Instance.of("killed", server, table, CachePolicy.DEFAULT)) {
      assertReadsGoOn(
          instance,
          () -> {
            server.kill();
            awaitReads(instance, "bypassed", 500);
            server.restart();
            awaitReads(instance, "redis", 500);
          });
    }
  }

  @Test
  void readsGoOnWhileRedisHangs() {
    try (var instance = Instance.of("hung", server, table, CachePolicy.DEFAULT)) {
      assertReadsGoOn(
          instance,
          () -> {
            server.pause();
            awaitReads(instance, "bypassed", 500);
            server.resume();
            awaitReads(instance, "redis", 500);
          });
    }
  }

  @Test
  void readsGoOnWhenRedisForgetsEverything() {
    try (var instance = Instance.of("flushed", server, table, CachePolicy.DEFAULT)) {
      assertReadsGoOn(
          instance,
          () -> {
            int before = instance.reads("miss");
            new Observer(server).flush();
            await().until(() -> instance.reads("miss") > before + KEYS / 2);
            awaitReads(instance, "redis", 500);
          });
    }
  }

  @Test
  void redisMayComeLater() {
    server.kill();
    try (var instance = Instance.of("later", server, table, CachePolicy.DEFAULT, Scripts.FILL)) {
      assertThat(instance.load(1)).isEqualTo("value");
      assertThat(instance.reads("bypassed")).isEqualTo(1);
      assertThat(instance.meters.get(RedisMeters.CONNECTED).gauge().value()).isZero();

      server.restart();

      instance.connected();
      instance.load(1);
      instance.awaitFills(1);
      instance.load(1);
      assertThat(instance.reads("redis")).isEqualTo(1);
    }
  }

  /** At least 999 of 1,000 are answered, and the source is never asked by more than may. */
  private void assertReadsGoOn(Instance instance, Runnable fault) {
    var over = new AtomicBoolean();
    var answered = new AtomicInteger();
    var failed = new AtomicInteger();
    var readers = new ArrayList<Fork<Boolean>>();
    for (int i = 0; i < READERS; i++) {
      var random = new Random(i);
      readers.add(
          RequestContext.current()
              .fork(
                  () -> {
                    while (!over.get()) {
                      (isAnswered(instance, random) ? answered : failed).incrementAndGet();
                    }
                    return true;
                  }));
    }
    awaitReads(instance, "redis", 500);
    fault.run();
    over.set(true);
    readers.forEach(Fork::join);

    assertThat(failed.get()).isLessThanOrEqualTo(answered.get() / 1_000);
    assertThat(table.mostAtOnce.get()).isBetween(1, 4);
    assertThat(instance.load(1)).isEqualTo("value");
  }

  private static boolean isAnswered(Instance instance, Random random) {
    try (Scope request = RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(2))) {
      Set<Long> keys = Set.of(random.nextLong(100), 100 + random.nextLong(100));
      return request.context().call(() -> instance.load(keys).size() == 2);
    } catch (RpcException e) {
      return false;
    }
  }

  private static void awaitReads(Instance instance, String kind, int more) {
    int before = instance.reads(kind);
    await().atMost(Duration.ofSeconds(20)).until(() -> instance.reads(kind) > before + more);
  }
}

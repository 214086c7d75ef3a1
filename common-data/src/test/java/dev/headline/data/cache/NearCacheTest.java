package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.data.WalPosition;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import java.time.Duration;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NearCacheTest {

  private static final CachePolicy NEAR = LateFillTest.FOR_EVER.near(100);

  private final Table table = new Table();
  private TestFolder folder;
  private Redis server;

  @BeforeEach
  void start() {
    folder = TestFolder.create();
    server = Redis.start(RedisSettings.in(folder.path()));
    table.write(1, "old");
  }

  @AfterEach
  void stop() {
    server.close();
    folder.close();
  }

  @Test
  void whatIsNearbyCostsNoCommand() {
    try (var instance = Instance.of("nearby", server, table, NEAR)) {
      awaitNearby(instance);
      var observer = new Observer(server);
      observer.resetCounts();

      assertThat(instance.load(1)).isEqualTo("old");

      assertThat(observer.calls("mget") + observer.calls("eval")).isZero();
    }
  }

  @Test
  void aWriteElsewhereIsSeenHere() {
    try (var reader = Instance.of("coherent", server, table, NEAR);
        var writer = Instance.of("coherent", server, table, NEAR)) {
      for (int i = 0; i < 20; i++) {
        awaitNearby(reader);
        String value = "value " + i;

        writer.invalidate(1, table.write(1, value));

        promptly().until(() -> reader.load(1).equals(value));
      }
    }
  }

  @Test
  void aWriteHereIsSeenHereAtOnce() {
    try (var instance = Instance.of("here", server, table, NEAR)) {
      awaitNearby(instance);
      instance.invalidate(1, table.write(1, "new"));
      assertThat(instance.load(1)).isEqualTo("new");
    }
  }

  @Test
  void nothingIsKeptThatRedisCannotSpeakFor() {
    try (var instance = Instance.of("deaf", server, table, NEAR)) {
      awaitNearby(instance);
      server.kill();
      promptly().until(() -> !instance.redis.isConnected());
      table.write(1, "new");

      assertThat(instance.load(1)).isEqualTo("new");

      server.restart();
      awaitNearby(instance.connected());
      assertThat(instance.load(1)).isEqualTo("new");
    }
  }

  @Test
  void nothingIsKeptWhileRedisHangs() {
    try (var instance = Instance.of("mute", server, table, NEAR)) {
      awaitNearby(instance);
      table.write(1, "new");
      server.pause();
      try {
        promptly().until(() -> instance.load(1).equals("new"));
      } finally {
        server.resume();
      }
    }
  }

  @Test
  void whoeverWritesIsShownNothingOlderFromNearby() {
    try (var instance = Instance.of("past", server, table, NEAR)) {
      awaitNearby(instance);
      WalPosition committed = table.write(1, "new");
      instance.written.set(committed);
      assertThat(instance.load(1)).isEqualTo("new");
    }
  }

  @Test
  void everythingGoesWithAnEpochAndWithAFlush() {
    try (var instance = Instance.of("epoch", server, table, NEAR)) {
      awaitNearby(instance);
      new Observer(server).flush();
      table.write(1, "after the flush");
      promptly().until(() -> instance.load(1).equals("after the flush"));

      awaitNearby(instance);
      new Observer(server).delete("epoch:test:epoch:v1:");
      table.write(1, "in a new epoch");
      promptly().until(() -> instance.load(1).equals("in a new epoch"));
    }
  }

  private static void awaitNearby(Instance instance) {
    int before = instance.reads("near");
    promptly()
        .until(
            () -> {
              var _ = instance.load(Set.of(1L));
              return instance.reads("near") > before;
            });
  }

  private static ConditionFactory promptly() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }
}

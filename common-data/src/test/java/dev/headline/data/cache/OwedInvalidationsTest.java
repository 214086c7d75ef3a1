package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written while Redis cannot be told. Nothing expires, so what is not told stays wrong. */
class OwedInvalidationsTest {

  private static final int KEYS = 200;

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
  void whatIsWrittenWhileRedisHangsIsToldToItLater() {
    try (var writer = Instance.of("owed", server, table, LateFillTest.FOR_EVER);
        var reader = Instance.of("owed", server, table, LateFillTest.FOR_EVER)) {
      reader.load(1);
      reader.awaitFills(1);
      server.pause();
      writer.invalidate(1, table.write(1, "new"));
      assertThat(writer.backlog()).isEqualTo(1);
      assertThat(writer.load(1)).isEqualTo("new");
      server.resume();

      await().until(() -> writer.backlog() == 0);
      await().until(() -> reader.load(1).equals("new"));
      assertThat(writer.load(1)).isEqualTo("new");
    }
  }

  @Test
  void redisIsNotBelievedBeforeItHasBeenToldEverything() {
    try (var writer = Instance.of("doubt", server, table, LateFillTest.FOR_EVER)) {
      writer.load(1);
      writer.awaitFills(1);
      server.pause();
      writer.invalidate(1, table.write(1, "new"));
      int before = writer.reads("redis");
      var seen = new HashSet<String>();
      seen.add(writer.load(1));
      server.resume();
      await()
          .until(
              () -> {
                seen.add(writer.load(1));
                return writer.reads("redis") > before;
              });

      assertThat(seen).containsExactly("new");
    }
  }

  @Test
  void whenTooMuchIsOwedAllIsGivenUp() {
    var policy = LateFillTest.FOR_EVER.remembering(10);
    try (var writer = Instance.of("overflow", server, table, policy);
        var reader = Instance.of("overflow", server, table, policy)) {
      for (long key = 0; key < KEYS; key++) {
        reader.load(key);
      }
      reader.awaitFills(KEYS);
      server.pause();
      for (long key = 0; key < 20; key++) {
        writer.invalidate(key, table.write(key, "new"));
      }
      server.resume();

      await().until(() -> writer.backlog() == 0);
      await().until(() -> reader.load(19).equals("new"));
      for (long key = 0; key < 20; key++) {
        assertThat(reader.load(key)).isEqualTo("new");
      }
      assertThat(writer.count(CacheMeters.EPOCHS)).isPositive();
    }
  }
}

package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.data.WalPosition;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.redis.Redis;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers
class CacheAsideTest {

  private final Table table = new Table();
  private Observer observer;

  @BeforeEach
  void forgetEverything(Redis server) {
    observer = new Observer(server);
    observer.flush();
  }

  @Test
  void aWarmBatchIsOneCommandAndNoRead(Redis server) {
    try (var instance = Instance.of("page", server, table, CachePolicy.DEFAULT)) {
      Set<Long> page = new TreeSet<>(LongStream.rangeClosed(1, 20).boxed().toList());
      page.forEach(id -> table.write(id, "value " + id));
      assertThat(instance.load(page)).hasSize(20);
      assertThat(table.reads).hasValue(1);
      instance.awaitFills(20);
      observer.resetCounts();

      assertThat(instance.load(page)).hasSize(20);

      assertThat(table.reads).hasValue(1);
      assertThat(observer.calls("mget")).isEqualTo(1);
      assertThat(observer.calls("eval")).isZero();
      assertThat(instance.reads("redis")).isEqualTo(20);
      assertThat(instance.reads("miss")).isEqualTo(20);
    }
  }

  @Test
  void whatIsMissingIsAskedForAlone(Redis server) {
    try (var instance = Instance.of("some", server, table, CachePolicy.DEFAULT)) {
      table.write(1, "one");
      table.write(2, "two");
      instance.load(1);
      instance.awaitFills(1);
      table.onTheWayBack = keys -> assertThat(keys).containsExactly(2L);

      assertThat(instance.load(Set.of(1L, 2L))).hasSize(2);
    }
  }

  @Test
  void thatThereIsNothingIsRememberedForAWhile(Redis server) {
    try (var instance = Instance.of("nothing", server, table, CachePolicy.DEFAULT)) {
      assertThat(instance.load(7)).isEmpty();
      instance.awaitFills(1);
      assertThat(instance.load(7)).isEmpty();

      assertThat(table.reads).hasValue(1);
      assertThat(instance.reads("negative")).isEqualTo(1);
      assertThat(observer.lifetime("test:nothing:v1:7")).isBetween(1L, 11_000L);
      instance.invalidate(7, table.write(7, "now there is"));
      assertThat(instance.load(7)).isEqualTo("now there is");
    }
  }

  @Test
  void valuesExpireAndLifetimesAreSpread(Redis server) {
    try (var instance = Instance.of("spread", server, table, CachePolicy.DEFAULT)) {
      var ids = new TreeSet<>(LongStream.range(0, 50).boxed().toList());
      ids.forEach(id -> table.write(id, "value"));
      instance.load(ids);
      instance.awaitFills(50);

      var seconds = new TreeSet<Long>();
      ids.forEach(id -> seconds.add(observer.lifetime("test:spread:v1:" + id) / 1_000));

      assertThat(seconds.first()).isGreaterThanOrEqualTo(260);
      assertThat(seconds.last()).isLessThanOrEqualTo(330);
      assertThat(seconds.size()).isGreaterThan(10);
    }
  }

  @Test
  void anAgeingValueIsServedAndLoadedAnewOnce(Redis server) {
    try (var instance = Instance.of("ageing", server, table, CachePolicy.DEFAULT)) {
      table.write(1, "old");
      instance.load(1);
      instance.awaitFills(1);
      table.write(1, "new");
      instance.ahead.set(Duration.ofSeconds(270).toMillis());

      assertThat(instance.load(1)).isEqualTo("old");

      await().until(() -> instance.load(1).equals("new"));
      assertThat(table.reads).hasValue(2);
      assertThat(instance.count(CacheMeters.REFRESHES)).isEqualTo(1);
      assertThat(instance.reads("stale")).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void aWriteIsSeenByTheNextReadOfEveryInstance(Redis server) {
    try (var writer = Instance.of("write", server, table, CachePolicy.DEFAULT);
        var reader = Instance.of("write", server, table, CachePolicy.DEFAULT)) {
      table.write(1, "first");
      assertThat(reader.load(1)).isEqualTo("first");

      writer.invalidate(1, table.write(1, "second"));

      assertThat(reader.load(1)).isEqualTo("second");
      reader.awaitFills(2);
      assertThat(writer.load(1)).isEqualTo("second");
      assertThat(writer.reads("redis")).isEqualTo(1);
    }
  }

  @Test
  void whoeverWritesIsShownNothingOlder(Redis server) {
    try (var instance = Instance.of("writer", server, table, CachePolicy.DEFAULT)) {
      table.write(1, "old");
      instance.load(1);
      instance.awaitFills(1);
      // Written by somebody who has not come to tell the cache.
      WalPosition committed = table.write(1, "new");
      assertThat(instance.load(1)).isEqualTo("old");

      instance.written.set(committed);

      assertThat(instance.load(1)).isEqualTo("new");
      instance.awaitFills(2);
      instance.written.set(WalPosition.START);
      assertThat(instance.load(1)).isEqualTo("new");
      assertThat(table.reads).hasValue(2);
    }
  }

  @Test
  void whatCannotBeReadIsLoadedAnew(Redis server) {
    try (var instance = Instance.of("garbage", server, table, CachePolicy.DEFAULT)) {
      table.write(1, "right");
      instance.load(1);
      instance.awaitFills(1);
      observer.set("test:garbage:v1:1", "no entry at all, from whoever wrote it");

      assertThat(instance.load(1)).isEqualTo("right");
    }
  }
}

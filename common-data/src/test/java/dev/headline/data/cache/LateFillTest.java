package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.CachePolicy.Lifetimes;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.redis.Redis;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader reads, a writer writes, and only then the reader comes to fill the cache. */
@WithServers
class LateFillTest {

  /** What a cache without fences would do. */
  static final String FILL_BLINDLY =
      """
      local verdicts = {}
      for i = 2, #KEYS, 2 do
        redis.call('SET', KEYS[i], ARGV[i + 1])
        redis.call('DEL', KEYS[i + 1])
        verdicts[#verdicts + 1] = 'filled'
      end
      return verdicts
      """;

  /** Nothing expires, so what is wrong stays wrong. */
  static final CachePolicy FOR_EVER =
      CachePolicy.DEFAULT.with(
          new Lifetimes(
              Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), Duration.ofMinutes(1)));

  private final Table table = new Table();

  @BeforeEach
  void startCold(Redis server) {
    new Observer(server).flush();
    table.write(1, "old");
  }

  @Test
  void aFillFromBeforeAWriteIsRefused(Redis server) {
    try (var reader = Instance.of("late", server, table, FOR_EVER);
        var writer = Instance.of("late", server, table, FOR_EVER)) {
      readWhile(reader, _ -> writer.invalidate(1, table.write(1, "new")));

      assertThat(reader.fenced("lease")).isEqualTo(1);
      assertThat(reader.load(1)).isEqualTo("new");
      assertThat(writer.load(1)).isEqualTo("new");
    }
  }

  @Test
  void withoutAFenceTheOldValueWouldStay(Redis server) {
    try (var reader = Instance.of("blind", server, table, FOR_EVER, FILL_BLINDLY).connected();
        var writer = Instance.of("blind", server, table, FOR_EVER, FILL_BLINDLY).connected()) {
      readWhile(reader, _ -> writer.invalidate(1, table.write(1, "new")));

      assertThat(reader.load(1)).isEqualTo("old");
      assertThat(writer.load(1)).isEqualTo("old");
    }
  }

  @Test
  void aFillFromAReplicaThatLagsIsRefused(Redis server) {
    var behind =
        new Snapshot<>(table.read(Set.of(1L), WalPosition.START).value(), new WalPosition(5));
    Source<Long, StringValue> replica = (_, _) -> behind;
    try (var reader = Instance.of("lag", server, replica, FOR_EVER);
        var writer = Instance.of("lag", server, table, FOR_EVER)) {
      writer.invalidate(1, table.write(1, "new"));

      assertThat(reader.load(1)).isEqualTo("old");

      await().until(() -> reader.fenced("position") == 1);
      assertThat(writer.load(1)).isEqualTo("new");
      writer.awaitFills(1);
      assertThat(reader.load(1)).isEqualTo("new");
    }
  }

  @Test
  void aFillDoesNotTakeThePlaceOfSomethingNewer(Redis server) {
    var behind =
        new Snapshot<>(table.read(Set.of(1L), WalPosition.START).value(), new WalPosition(5));
    Source<Long, StringValue> replica = (_, _) -> behind;
    try (var slow = Instance.of("newer", server, replica, FOR_EVER);
        var fast = Instance.of("newer", server, table, FOR_EVER)) {
      fast.load(1);
      fast.awaitFills(1);
      slow.ahead.set(Duration.ofDays(2).toMillis());
      table.write(1, "not to be seen before the value expires");

      slow.load(1);

      await().until(() -> slow.fenced("position") == 1);
      assertThat(table.reads).hasValue(2);
    }
  }

  @Test
  void aFillFromBeforeAFlushIsRefused(Redis server) {
    try (var reader = Instance.of("flush", server, table, FOR_EVER);
        var writer = Instance.of("flush", server, table, FOR_EVER)) {
      readWhile(
          reader,
          _ -> {
            writer.invalidate(1, table.write(1, "new"));
            new Observer(server).flush();
          });

      assertThat(reader.fenced("epoch")).isEqualTo(1);
      assertThat(writer.load(1)).isEqualTo("new");
    }
  }

  @Test
  void whoComesAfterAWriteDoesNotWaitForALoadFromBeforeIt(Redis server) {
    try (var instance = Instance.of("joiner", server, table, FOR_EVER)) {
      readWhile(
          instance,
          _ -> {
            instance.invalidate(1, table.write(1, "new"));
            table.onTheWayBack = _ -> {};
            assertThat(instance.load(1)).isEqualTo("new");
          });
    }
  }

  /** Lets something happen between a read of the source and the fill that follows. */
  private void readWhile(Instance reader, Consumer<Table> meanwhile) {
    var mayReturn = new CompletableFuture<Void>();
    table.onTheWayBack = _ -> Waiting.until(mayReturn.copy(), RequestContext.current());
    Fork<String> late = RequestContext.current().fork(() -> reader.load(1));
    await().until(() -> table.reads.get() == 1);
    meanwhile.accept(table);
    table.onTheWayBack = _ -> {};
    mayReturn.complete(null);
    assertThat(late.join()).isEqualTo("old");
    // The fill comes after the answer.
    reader.awaitFills(1);
  }
}

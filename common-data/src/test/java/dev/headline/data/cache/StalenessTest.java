package dev.headline.data.cache;

import static dev.headline.data.cache.LateFillTest.FILL_BLINDLY;
import static dev.headline.data.cache.LateFillTest.FOR_EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.CachePolicy.Limit;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.redis.Redis;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many writes, and readers whose fills come late; nothing expires, so what is stale stays so. */
@WithServers
class StalenessTest {

  private static final int WRITES = 100_000;
  private static final int AT_ONCE = 20;
  private static final int KEYS = 4_000;
  private static final int WRITERS = 8;
  private static final int READERS = 16;

  /** The replica gets what was written once in so many transactions. */
  private static final int REPLICATED = 20;

  private static final CachePolicy POLICY = FOR_EVER.with(new Limit(16, Duration.ofSeconds(5)));

  private static final Duration LONGEST_DELAY = Duration.ofMillis(10);

  private final Table table = new Table();
  private int tooLate;
  private int tooOld;
  private final AtomicInteger writersLeft = new AtomicInteger(WRITERS);

  @BeforeEach
  void startCold(Redis server) {
    new Observer(server).flush();
  }

  @Test
  void nothingIsStaleAfterAHundredThousandWrites(Redis server) {
    assertThat(staleAfter(WRITES, "stale", server, Scripts.FILL)).isEmpty();
    assertThat(tooLate).isPositive();
    assertThat(tooOld).isPositive();
  }

  @Test
  void withoutFencesMuchWouldBeStale(Redis server) {
    assertThat(staleAfter(WRITES / 2, "blindly", server, FILL_BLINDLY)).isNotEmpty();
  }

  private Set<Long> staleAfter(int writes, String kind, Redis server, String fill) {
    table.replicate();
    delayFills();
    try (var one = Instance.of(kind, server, table, POLICY, fill).connected();
        var other = Instance.of(kind, server, table, POLICY, fill).connected()) {
      var workers = new ArrayList<Fork<Boolean>>();
      for (int i = 0; i < WRITERS; i++) {
        var random = new Random(i);
        Instance instance = i % 2 == 0 ? one : other;
        workers.add(RequestContext.current().fork(() -> write(instance, random, writes / WRITERS)));
      }
      for (int i = 0; i < READERS; i++) {
        var random = new Random(WRITERS + i);
        Instance instance = i % 2 == 0 ? one : other;
        workers.add(RequestContext.current().fork(() -> readAllTheTime(instance, random)));
      }
      workers.forEach(Fork::join);
      await().until(() -> one.backlog() + other.backlog() == 0);
      awaitLastFills(one, other);
      table.replicate();
      tooLate = one.fenced("lease") + other.fenced("lease");
      tooOld = one.fenced("position") + other.fenced("position");
      return stale(one);
    }
  }

  private static void awaitLastFills(Instance one, Instance other) {
    var seen = new AtomicInteger();
    await()
        .pollInterval(LONGEST_DELAY.multipliedBy(30))
        .until(
            () -> {
              int now = one.count(CacheMeters.FILLS) + other.count(CacheMeters.FILLS);
              return seen.getAndSet(now) == now;
            });
  }

  private boolean write(Instance instance, Random random, int writes) {
    for (int i = 0; i < writes; i += AT_ONCE) {
      Set<Long> keys = keys(random, AT_ONCE);
      WalPosition committed = WalPosition.START;
      for (long key : keys) {
        committed = table.write(key, random.nextInt() + " of " + i);
      }
      instance.cache.invalidate(keys, committed);
      if (random.nextInt(REPLICATED) == 0) {
        table.replicate();
      }
    }
    return writersLeft.decrementAndGet() == 0;
  }

  private boolean readAllTheTime(Instance instance, Random random) {
    while (writersLeft.get() > 0) {
      instance.load(keys(random, 5));
    }
    return true;
  }

  /** Every load comes back late, and the values it brings with it. */
  private void delayFills() {
    var random = new Random(99);
    table.onTheWayBack =
        _ ->
            Waiting.rest(
                Duration.ofNanos(random.nextLong(LONGEST_DELAY.toNanos())),
                Timers::alarm,
                RequestContext.current());
  }

  private Set<Long> stale(Instance instance) {
    var all = new TreeSet<Long>();
    for (long key = 0; key < KEYS; key++) {
      all.add(key);
    }
    Map<Long, StringValue> truth = table.read(all, WalPosition.START).value();
    Map<Long, StringValue> shown = instance.load(all);
    List<Long> wrong =
        all.stream().filter(key -> !Objects.equals(truth.get(key), shown.get(key))).toList();
    return new TreeSet<>(wrong);
  }

  private static Set<Long> keys(Random random, int count) {
    var keys = new TreeSet<Long>();
    while (keys.size() < count) {
      keys.add(random.nextLong(KEYS));
    }
    return keys;
  }
}

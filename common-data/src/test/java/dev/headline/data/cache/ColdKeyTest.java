package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.data.cache.CachePolicy.Lease;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.redis.Redis;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers
class ColdKeyTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** Others wait for as long as the test does. */
  private static final CachePolicy PATIENT =
      CachePolicy.DEFAULT.with(new Lease(LONG, Duration.ofSeconds(10)));

  private final Table table = new Table();
  private final CompletableFuture<Void> mayReturn = new CompletableFuture<>();

  @BeforeEach
  void startCold(Redis server) {
    new Observer(server).flush();
    table.write(1, "hot");
    table.onTheWayBack = _ -> Waiting.until(mayReturn.copy(), RequestContext.current());
  }

  @Test
  void fiveHundredReadersOfTwoInstancesCauseOneLoad(Redis server) {
    try (var one = Instance.of("hot", server, table, PATIENT);
        var other = Instance.of("hot", server, table, PATIENT)) {
      var readers = new ArrayList<Fork<String>>();
      for (int i = 0; i < 250; i++) {
        readers.add(RequestContext.current().fork(() -> one.load(1)));
        readers.add(RequestContext.current().fork(() -> other.load(1)));
      }
      await().until(() -> collapsed(one) + collapsed(other) == 498);

      mayReturn.complete(null);

      assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEqualTo("hot"));
      assertThat(table.reads).hasValue(1);
    }
  }

  @Test
  void whoeverHasTheLeaseAndDiesIsNotWaitedForLong(Redis server) {
    mayReturn.complete(null);
    new Observer(server).set("lease:test:orphan:v1:1", "whose holder is dead");
    try (var instance = Instance.of("orphan", server, table, CachePolicy.DEFAULT)) {
      assertThat(instance.load(1)).isEqualTo("hot");
      assertThat(table.reads).hasValue(1);
    }
  }

  @Test
  void oneWhoLeavesDoesNotTakeTheLoadAwayFromTheOthers(Redis server) {
    try (var instance = Instance.of("leaver", server, table, PATIENT);
        Scope first = RequestContext.open(Caller.UNKNOWN, LONG);
        Scope second = RequestContext.open(Caller.UNKNOWN, LONG)) {
      CompletableFuture<String> leaver = loading(instance, first);
      await().until(() -> table.reads.get() == 1);
      CompletableFuture<String> stayer = loading(instance, second);
      await().until(() -> collapsed(instance) == 1);

      first.cancel("the client left");

      assertThatThrownBy(leaver::join)
          .hasCauseInstanceOf(RpcException.class)
          .hasMessageContaining("cancelled");
      mayReturn.complete(null);
      assertThat(stayer.join()).isEqualTo("hot");
      assertThat(table.reads).hasValue(1);
    }
  }

  @Test
  void theDeadlineOfWhoBeganIsNotThatOfTheOthers(Redis server) {
    try (var instance = Instance.of("hasty", server, table, PATIENT);
        Scope patient = RequestContext.open(Caller.UNKNOWN, LONG);
        Scope hasty = RequestContext.open(Caller.UNKNOWN, Duration.ofMillis(300))) {
      CompletableFuture<String> first = loading(instance, hasty);
      await().until(() -> table.reads.get() == 1);
      CompletableFuture<String> second = loading(instance, patient);

      assertThatThrownBy(first::join)
          .cause()
          .satisfies(
              e -> assertThat(RpcException.from(e).code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED));
      mayReturn.complete(null);
      assertThat(second.join()).isEqualTo("hot");
      assertThat(table.reads).hasValue(1);
    }
  }

  @Test
  void aLoadThatNobodyWaitsForIsCancelled(Redis server) {
    var cancelled = new CountDownLatch(1);
    table.onTheWayBack =
        _ -> {
          try {
            Waiting.until(mayReturn.copy(), RequestContext.current());
          } catch (RpcException e) {
            cancelled.countDown();
            throw e;
          }
        };
    try (var instance = Instance.of("alone", server, table, PATIENT);
        Scope only = RequestContext.open(Caller.UNKNOWN, LONG)) {
      CompletableFuture<String> reader = loading(instance, only);
      await().until(() -> table.reads.get() == 1);

      only.cancel("the client left");

      assertThatThrownBy(reader::join).hasCauseInstanceOf(RpcException.class);
      await().until(() -> cancelled.getCount() == 0);
      mayReturn.complete(null);
      table.onTheWayBack = _ -> {};
      assertThat(instance.load(1)).isEqualTo("hot");
    }
  }

  @Test
  void aFailureIsToldToAllAndNotKept(Redis server) {
    table.onTheWayBack =
        _ -> {
          throw new RpcException(RpcCode.UNAVAILABLE, "The database is down");
        };
    try (var instance = Instance.of("failing", server, table, PATIENT)) {
      assertThatThrownBy(() -> instance.load(1)).hasMessage("The database is down");
      table.onTheWayBack = _ -> {};
      assertThat(instance.load(1)).isEqualTo("hot");
    }
  }

  @Test
  void noMoreReadTheSourceAtOnceThanMay(Redis server) {
    try (var instance = Instance.of("limit", server, table, PATIENT)) {
      List<Fork<String>> readers = new ArrayList<>();
      for (long id = 0; id < 100; id++) {
        long key = id;
        readers.add(RequestContext.current().fork(() -> instance.load(key)));
      }
      await().until(() -> table.reads.get() == 4);
      await().until(() -> instance.meters.get(CacheMeters.WAITING).gauge().value() > 0);

      mayReturn.complete(null);

      readers.forEach(Fork::join);
      assertThat(table.mostAtOnce).hasValue(4);
    }
  }

  @Test
  void whoWaitsTooLongForAPlaceIsRefused(Redis server) {
    var policy = PATIENT.with(new CachePolicy.Limit(1, Duration.ofMillis(100)));
    try (var instance = Instance.of("refused", server, table, policy)) {
      Fork<String> first = RequestContext.current().fork(() -> instance.load(1));
      await().until(() -> table.reads.get() == 1);

      assertThatThrownBy(() -> instance.load(2))
          .satisfies(
              e -> assertThat(RpcException.from(e).code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED));

      mayReturn.complete(null);
      assertThat(first.join()).isEqualTo("hot");
    }
  }

  private static int collapsed(Instance instance) {
    return instance.count(CacheMeters.COLLAPSED);
  }

  /** How it ends; not a fork, because one stops waiting for its work when its request ends. */
  private static CompletableFuture<String> loading(Instance instance, Scope scope) {
    return CompletableFuture.supplyAsync(
        () -> scope.context().call(() -> instance.load(1)), Thread::startVirtualThread);
  }
}

package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A snapshot that has come to the position of a write shows what was written. */
@WithServers
class SnapshotTest {

  private static final int WRITES = 3_000;

  @Test
  void onAReplica(FreshDatabase database) {
    assertThat(violations(Routers.settings(database, 6), "on_replica")).isZero();
  }

  @Test
  void onThePrimary(FreshDatabase database) {
    assertThat(violations(Routers.primaryOnly(database, 6), "on_primary")).isZero();
  }

  @Test
  void aSnapshotCatchesUpWithTheLastWrite(FreshDatabase database) {
    try (var router =
        ReplicaRouter.open(Routers.primaryOnly(database, 2), new SimpleMeterRegistry())) {
      WalPosition written =
          router.commit(sql -> sql.sql("create table caught_up (id int)").update()).asOf();

      await().until(() -> router.snapshot(SnapshotTest::one).asOf().hasReached(written));
    }
  }

  private static long one(JdbcClient sql) {
    return sql.sql("select 1").query(Long.class).single();
  }

  private static long violations(DataSettings settings, String table) {
    try (var router = ReplicaRouter.open(settings, new SimpleMeterRegistry())) {
      router.write(sql -> sql.sql("create table " + table + " (value bigint)").update());
      Snapshot<Integer> filled =
          router.commit(sql -> sql.sql("insert into " + table + " values (0)").update());
      await().until(() -> router.snapshot(SnapshotTest::one).asOf().hasReached(filled.asOf()));
      var told = new ConcurrentSkipListMap<WalPosition, Long>();
      told.put(filled.asOf(), 0L);
      var writer =
          CompletableFuture.runAsync(() -> write(router, table, told), Thread::startVirtualThread);
      return IntStream.range(0, 4)
          .mapToObj(
              _ ->
                  CompletableFuture.supplyAsync(
                      () -> readWhile(writer, router, table, told), Thread::startVirtualThread))
          .toList()
          .stream()
          .mapToLong(CompletableFuture::join)
          .sum();
    }
  }

  private static void write(
      ReplicaRouter router, String table, NavigableMap<WalPosition, Long> told) {
    for (int i = 0; i < WRITES; i++) {
      Snapshot<Long> written =
          router.commit(
              sql ->
                  sql.sql("update " + table + " set value = value + 1 returning value")
                      .query(Long.class)
                      .single());
      told.put(written.asOf(), written.value());
    }
  }

  private static long readWhile(
      CompletableFuture<Void> writer,
      ReplicaRouter router,
      String table,
      NavigableMap<WalPosition, Long> told) {
    long violations = 0;
    while (!writer.isDone()) {
      Snapshot<Long> read =
          router.snapshot(sql -> sql.sql("select value from " + table).query(Long.class).single());
      // The last write that a snapshot as new as this must show.
      if (read.value() < told.floorEntry(read.asOf()).getValue()) {
        violations++;
      }
    }
    writer.join();
    return violations;
  }
}

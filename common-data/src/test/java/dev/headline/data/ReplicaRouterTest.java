package dev.headline.data;

import static dev.headline.data.Sleepers.request;
import static dev.headline.data.Sleepers.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithServers
class ReplicaRouterTest {

  private static final String IS_REPLICA = "select pg_is_in_recovery()";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void createTables(FreshDatabase database) {
    Routers.migrate(database);
  }

  @Test
  void readsGoToAReplicaAndWritesToThePrimary(FreshDatabase database) {
    try (var router = ReplicaRouter.open(Routers.settings(database, 2), meters)) {
      assertThat(isReplica(router.read())).isTrue();
      assertThat(isReplica(router.primary())).isFalse();
      assertThat(router.write(ReplicaRouterTest::isReplica)).isFalse();
    }
    assertThat(count("replica-1", "read")).isEqualTo(1);
    assertThat(count("primary", "latest")).isEqualTo(1);
    assertThat(count("primary", "write")).isEqualTo(1);
  }

  @Test
  void withoutAReplicaThePrimaryReads(FreshDatabase database) {
    try (var router = ReplicaRouter.open(Routers.primaryOnly(database, 2), meters)) {
      assertThat(isReplica(router.read())).isFalse();
    }
    assertThat(count("primary", "no_replica")).isEqualTo(1);
  }

  @Test
  void aReplicaThatIsDownIsNoReasonNotToStart(FreshDatabase database) {
    try (var router = ReplicaRouter.open(withoutReplica(database), meters)) {
      assertThat(isReplica(router.primary())).isFalse();
    }
  }

  @Test
  void whileNoReplicaAnswersThePrimaryReads(FreshDatabase database) {
    try (var router = ReplicaRouter.open(withoutReplica(database), meters);
        Scope scope = request(Duration.ofMillis(800))) {
      List<Fork<Boolean>> readers =
          IntStream.range(0, 10)
              .mapToObj(_ -> scope.context().fork(() -> isReplica(router.read())))
              .toList();

      assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isFalse());
    }
    assertThat(count("primary", "down")).isEqualTo(10);
  }

  @Test
  void workThatThrowsLeavesNothing(FreshDatabase database) {
    try (var router = ReplicaRouter.open(Routers.settings(database, 2), meters)) {
      assertThatThrownBy(
              () ->
                  router.write(
                      sql -> {
                        sql.sql("insert into thing (id) values (1)").update();
                        throw new IllegalStateException("on second thoughts");
                      }))
          .hasMessage("on second thoughts");

      assertThat(router.primary().sql("select count(*) from thing").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void manyWaitersAreAllServed(FreshDatabase database) {
    try (var router = ReplicaRouter.open(Routers.primaryOnly(database, 1), meters)) {
      List<Fork<Long>> waiters =
          IntStream.range(0, 1_000)
              .mapToObj(_ -> RequestContext.current().fork(() -> sleep(router.primary(), 0.001)))
              .toList();

      assertThat(waiters).allSatisfy(waiter -> assertThat(waiter.join()).isEqualTo(1));
    }
  }

  @Test
  void forWhatACommitWaitsIsASetting(FreshDatabase database) {
    var settings =
        Routers.settings(database, 1)
            .with(ReplicationSettings.DEFAULT.with(SynchronousCommit.REMOTE_APPLY));
    try (var router = ReplicaRouter.open(settings, meters)) {
      assertThat(router.primary().sql("show synchronous_commit").query(String.class).single())
          .isEqualTo("remote_apply");
    }
  }

  @Test
  void aPositionAfterACommitIsToldWhateverItWaitsFor(FreshDatabase database) {
    for (SynchronousCommit meaning : SynchronousCommit.values()) {
      var settings = Routers.settings(database, 1).with(ReplicationSettings.DEFAULT.with(meaning));
      try (var router = ReplicaRouter.open(settings, meters)) {
        WalPosition before = position(router);
        WalPosition written =
            router
                .commit(
                    sql ->
                        sql.sql("create table if not exists thing_of_" + meaning + " (id int)")
                            .update())
                .asOf();
        assertThat(written).as("%s", meaning).isGreaterThan(before);
        assertThat(position(router)).isGreaterThanOrEqualTo(written);
      }
    }
  }

  @Test
  void aWriteWithinAWriteIsNotCommittedYet(FreshDatabase database) {
    try (var router = ReplicaRouter.open(Routers.settings(database, 1), meters)) {
      Snapshot<Snapshot<Boolean>> outer =
          router.commit(_ -> router.commit(ReplicaRouterTest::isReplica));

      assertThat(outer.value().asOf()).isEqualTo(WalPosition.START);
      assertThat(outer.asOf()).isGreaterThan(WalPosition.START);
    }
  }

  @Test
  void migratingTwiceChangesNothing(FreshDatabase database) {
    Routers.migrate(database);
  }

  private static DataSettings withoutReplica(FreshDatabase database) {
    return new DataSettings(
        database.primaryUrl(),
        List.of("jdbc:postgresql://127.0.0.1:1/nobody"),
        database.role(),
        database.password(),
        2);
  }

  private static boolean isReplica(JdbcClient client) {
    return client.sql(IS_REPLICA).query(Boolean.class).single();
  }

  private static WalPosition position(ReplicaRouter router) {
    return WalPosition.parse(
        router.primary().sql("select pg_current_wal_insert_lsn()").query(String.class).single());
  }

  private double count(String endpoint, String reason) {
    return meters
        .get("headline.data.route")
        .tags("endpoint", endpoint, "reason", reason)
        .counter()
        .count();
  }
}

package dev.headline.data;

import static dev.headline.data.Sleepers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresNode;
import dev.headline.infra.postgres.PostgresReplica;
import dev.headline.infra.postgres.PostgresSettings;
import dev.headline.rpc.Execution;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The primary dies or must go; nothing that was acknowledged is lost, and nothing is restarted. */
class LostPrimaryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SOME = 200;
  private static final List<String> SAID =
      List.of("nothing was written", "is not known", "fails too often");
  private static final DatabaseRole OWNER = new DatabaseRole("news_owner", "secret");
  private static final DatabaseRole SERVICE = new DatabaseRole("news", "secret");

  private TestFolder folder;
  private PostgresCluster cluster;
  private ReplicaRouter router;

  @BeforeEach
  void start() {
    folder = TestFolder.create();
    cluster =
        PostgresCluster.start(
            PostgresSettings.in(folder.path().resolve("postgres"))
                .withReplicas(2)
                .withFsync(false));
    cluster.createDatabase("news", OWNER, SERVICE);
    var settings =
        new DataSettings(
            cluster.primary().jdbcUrl("news"),
            cluster.replicas().stream().map(each -> each.jdbcUrl("news")).toList(),
            SERVICE.name(),
            SERVICE.password(),
            4);
    Migrations.run(settings, new MigrationSettings(OWNER.name(), OWNER.password()), "data-test");
    cluster.awaitReplicas(PATIENCE);
    router = ReplicaRouter.open(settings, new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    router.close();
    cluster.close();
    folder.close();
  }

  @Test
  void aPrimaryThatIsKilledAndComesBackHasAllThatWasAcknowledged() throws SQLException {
    var clients = new Writers(router);
    try (clients) {
      awaitWrites(clients, SOME);
      cluster.primary().kill();
      await().atMost(PATIENCE).until(() -> clients.failures() > 20);
      cluster.primary().restart();
      awaitWrites(clients, clients.acknowledged.size() + SOME);
    }
    assertThatWhatWasSaidHolds(clients, cluster.primary());
  }

  @Test
  void aReplicaThatIsPromotedTakesTheWrites() throws SQLException {
    cluster.acknowledgeBy(1);
    var clients = new Writers(router);
    PostgresReplica promoted;
    try (clients) {
      awaitWrites(clients, SOME);
      cluster.primary().kill();
      promoted = cluster.promoteFurthest();
      awaitWrites(clients, clients.acknowledged.size() + SOME);
    }
    assertThatWhatWasSaidHolds(clients, promoted);
  }

  @Test
  void aPrimaryThatHangsIsLeftForTheNextOne() throws SQLException {
    cluster.acknowledgeBy(1);
    var clients = new Writers(router);
    PostgresReplica promoted;
    try (clients) {
      awaitWrites(clients, SOME);
      cluster.primary().pause();
      promoted = cluster.promoteFurthest();
      awaitWrites(clients, clients.acknowledged.size() + SOME);
    }
    cluster.primary().kill();
    assertThatWhatWasSaidHolds(clients, promoted);
  }

  /** As an operator does who moves the primary: it lets nobody write any more, but lives on. */
  @Test
  void aPrimaryThatWritesNoMoreIsLeftAtOnce() throws SQLException {
    try (var connection = cluster.primary().connect("news");
        var statement = connection.createStatement()) {
      router.write(sql -> insert(sql, 1));
      statement.execute("alter system set default_transaction_read_only = on");
      statement.execute("select pg_reload_conf()");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(failure(2)).hasMessageContaining("nothing was written"));
      assertThat(failure(3).execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    cluster.awaitReplicas(PATIENCE);
    cluster.primary().kill();
    PostgresReplica promoted = cluster.promoteFurthest();

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> router.write(sql -> insert(sql, 4)) == 1);

    assertThat(ids(promoted)).containsExactlyInAnyOrder(1L, 4L);
  }

  /** The negative control: what nobody waited for dies with the primary, acknowledged or not. */
  @Test
  void withoutAReplicaToWaitForAnAcknowledgedWriteIsLost() throws SQLException {
    cluster.replicas().forEach(PostgresReplica::kill);
    router.write(sql -> insert(sql, 1));
    cluster.primary().kill();
    PostgresReplica promoted = cluster.replicas().getFirst();
    promoted.restart();
    promoted.promote();

    assertThat(ids(promoted)).isEmpty();
  }

  /** The server says that it has committed, but only to itself. */
  @Test
  void aCommitThatNoReplicaHasIsNotAcknowledged() throws SQLException {
    cluster.acknowledgeBy(1);
    cluster.replicas().forEach(PostgresReplica::kill);
    assertThat(failure(1).execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(ids(cluster.primary())).containsExactly(1L);
  }

  private static void awaitWrites(Writers clients, int count) {
    await().atMost(PATIENCE).until(() -> clients.acknowledged.size() >= count);
  }

  private void assertThatWhatWasSaidHolds(Writers clients, PostgresNode node) throws SQLException {
    Set<Long> ids = ids(node);
    assertThat(ids).as("acknowledged").containsAll(clients.acknowledged);
    assertThat(clients.notWritten).as("not written").doesNotContainAnyElementsOf(ids);
    ids.removeAll(clients.acknowledged);
    assertThat(clients.unknown).as("written without a word").containsAll(ids);
    assertThat(clients.failures()).as("it was lost").isPositive();
    assertThat(clients.sentences).allMatch(each -> SAID.stream().anyMatch(each::endsWith));
    assertThat(clients.readsAnsweredOfAll()).isGreaterThanOrEqualTo(0.999);
    assertThat(Duration.ofNanos(clients.longestNanos.get()))
        .isLessThan(Writers.BUDGET.multipliedBy(3));
  }

  private RpcException failure(long id) {
    try (Scope scope = request(Writers.BUDGET)) {
      return catchThrowableOfType(
          RpcException.class,
          () -> scope.context().run(() -> router.write(sql -> insert(sql, id))));
    }
  }

  private static int insert(JdbcClient sql, long id) {
    return sql.sql("insert into thing (id) values (?)").param(id).update();
  }

  private static Set<Long> ids(PostgresNode node) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (var connection = node.connect("news");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select id from thing")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}

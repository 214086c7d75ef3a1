package dev.headline.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.TestFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresClusterTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static TestFolder folder;
  private static PostgresCluster cluster;
  private static PostgresReplica replica;

  @BeforeAll
  static void start() {
    folder = TestFolder.create();
    cluster =
        PostgresCluster.start(
            PostgresSettings.in(folder.path().resolve("postgres")).withFsync(false));
    replica = cluster.replicas().getFirst();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    folder.close();
  }

  @BeforeEach
  void emptyTable() throws SQLException {
    execute(cluster.primary(), "DROP TABLE IF EXISTS note");
    execute(cluster.primary(), "CREATE TABLE note (text text)");
    cluster.awaitReplicas(LIMIT);
  }

  @Test
  void aRowWrittenOnThePrimaryAppearsOnTheReplica() throws SQLException {
    execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");

    await().atMost(LIMIT).until(() -> rows(replica) == 1);
  }

  @Test
  void aWriteOnTheReplicaIsRefused() {
    assertThatThrownBy(() -> execute(replica, "INSERT INTO note VALUES ('hello')"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("25006"));
  }

  @Test
  void aReplicaWithPausedReplayLagsUntilItIsResumed() throws SQLException {
    replica.pauseReplay();
    execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");

    assertThatThrownBy(() -> cluster.awaitReplicas(Duration.ofMillis(300)))
        .hasMessageContaining("has not replayed");
    assertThat(rows(replica)).isZero();

    replica.resumeReplay();
    cluster.awaitReplicas(LIMIT);
    assertThat(rows(replica)).isEqualTo(1);
  }

  @Test
  void aReplicaWithDelayedReplayShowsARowLater() throws SQLException {
    replica.delayReplay(Duration.ofSeconds(1));
    try {
      long start = System.nanoTime();
      execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");

      cluster.awaitReplicas(LIMIT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    } finally {
      replica.delayReplay(Duration.ZERO);
    }
  }

  @Test
  void aReplicaSeededAnewHasEverything() throws SQLException {
    execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");

    replica.reseed();

    cluster.awaitReplicas(LIMIT);
    assertThat(rows(replica)).isEqualTo(1);
  }

  @Test
  void aPrimaryKilledInMidFlightKeepsWhatWasCommitted() throws SQLException {
    execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");
    long killed = cluster.primary().pid();

    cluster.primary().kill();
    assertThat(cluster.primary().isAlive()).isFalse();
    cluster.primary().restart();

    assertThat(cluster.primary().pid()).isNotEqualTo(killed);
    assertThat(rows(cluster.primary())).isEqualTo(1);
    await().atMost(LIMIT).until(replica::isStreaming);
  }

  @Test
  void aPausedReplicaDoesNotAnswerUntilItIsResumed() throws SQLException {
    try (Connection connection = replica.connect()) {
      replica.pause();

      assertThat(connection.isValid(1)).isFalse();
      assertThat(replica.isAlive()).isTrue();
    } finally {
      replica.resume();
    }
    await().atMost(LIMIT).until(() -> rows(replica) == 0);
  }

  @Test
  void aPausedReplicaCanBeRestarted() throws SQLException {
    replica.pause();

    replica.restart();

    assertThat(rows(replica)).isZero();
  }

  static void execute(PostgresNode node, String sql) throws SQLException {
    try (var connection = node.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static int rows(PostgresNode node) throws SQLException {
    try (var connection = node.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM note")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

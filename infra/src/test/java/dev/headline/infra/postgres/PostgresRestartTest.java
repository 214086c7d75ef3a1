package dev.headline.infra.postgres;

import static dev.headline.infra.postgres.PostgresClusterTest.execute;
import static dev.headline.infra.postgres.PostgresClusterTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.InfraException;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.process.Account;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a folder with data goes through between one start and the next. */
class PostgresRestartTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void dataPasswordsAndReplicasOutliveARestart() throws SQLException, IOException {
    try (TestFolder folder = TestFolder.create()) {
      PostgresSettings settings = settings(folder);
      String password;
      try (PostgresCluster cluster = PostgresCluster.start(settings)) {
        password = cluster.superuserPassword();
        execute(cluster.primary(), "CREATE TABLE note (text text)");
        execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");
      }
      leaveTheFileOfADeadServer(settings);

      try (PostgresCluster again = PostgresCluster.start(settings)) {
        assertThat(again.superuserPassword()).isEqualTo(password);
        assertThat(rows(again.primary())).isEqualTo(1);
        again.awaitReplicas(LIMIT);
        assertThat(rows(again.replicas().getFirst())).isEqualTo(1);
      }
    }
  }

  @Test
  void aReplicaThatCannotFollowIsSeededAnew() throws SQLException {
    try (TestFolder folder = TestFolder.create()) {
      PostgresSettings generous = settings(folder).withMaxConnections(60);
      PostgresCluster.start(generous).close();

      // A standby refuses to run with less than its primary had when it was copied.
      PostgresSettings modest = generous.withMaxConnections(20).withReplicas(2);
      try (PostgresCluster cluster = PostgresCluster.start(modest)) {
        execute(cluster.primary(), "CREATE TABLE note (text text)");
        cluster.awaitReplicas(LIMIT);

        assertThat(cluster.replicas()).hasSize(2).allMatch(PostgresReplica::isStreaming);
        assertThat(rows(cluster.replicas().getFirst())).isZero();
      }
    }
  }

  @Test
  void aTakenPortIsReportedWithTheServersOwnWords() throws IOException {
    try (TestFolder folder = TestFolder.create();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PostgresSettings settings = settings(folder).withPrimaryPort(taken.getLocalPort());

      assertThatThrownBy(() -> PostgresCluster.start(settings))
          .isInstanceOf(InfraException.class)
          .hasMessageContaining("primary ended before it was ready")
          .hasMessageContaining("could not bind IPv4 address");
    }
  }

  @Test
  void rootIsToldWhichFolderIsInTheWay() throws IOException {
    Assumptions.assumeTrue(Account.current().root(), "an ordinary user runs Postgres directly");
    Path closed = Files.createTempDirectory("closed");
    try {
      assertThatThrownBy(() -> PostgresCluster.start(PostgresSettings.in(closed.resolve("data"))))
          .isInstanceOf(InfraException.class)
          .hasMessageContaining("may not pass " + closed);
    } finally {
      Files.delete(closed);
    }
  }

  private static PostgresSettings settings(TestFolder folder) {
    return PostgresSettings.in(folder.path().resolve("postgres")).withFsync(false);
  }

  /** The id is ours: alive, but no Postgres. */
  private static void leaveTheFileOfADeadServer(PostgresSettings settings) throws IOException {
    Path file = settings.folder().resolve("primary/postmaster.pid");
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
    Account.current().own(file);
  }
}

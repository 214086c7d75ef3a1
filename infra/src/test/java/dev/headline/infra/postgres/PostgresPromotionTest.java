package dev.headline.infra.postgres;

import static dev.headline.infra.postgres.PostgresClusterTest.execute;
import static dev.headline.infra.postgres.PostgresClusterTest.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.junit.TestFolder;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresPromotionTest {

  private TestFolder folder;
  private PostgresCluster cluster;

  @BeforeEach
  void start() throws SQLException {
    folder = TestFolder.create();
    cluster =
        PostgresCluster.start(
            PostgresSettings.in(folder.path().resolve("postgres"))
                .withReplicas(2)
                .withFsync(false));
    execute(cluster.primary(), "CREATE TABLE note (text text)");
  }

  @AfterEach
  void stop() {
    cluster.close();
    folder.close();
  }

  @Test
  void theFurthestReplicaTakesWritesAfterThePrimaryDied() throws SQLException {
    cluster.acknowledgeBy(1);
    PostgresReplica behind = cluster.replicas().getFirst();
    behind.pause();
    execute(cluster.primary(), "INSERT INTO note VALUES ('hello')");
    cluster.primary().kill();
    behind.resume();

    PostgresReplica promoted = cluster.promoteFurthest();

    assertThat(rows(promoted)).isEqualTo(1);
    execute(promoted, "INSERT INTO note VALUES ('hello again')");
  }
}

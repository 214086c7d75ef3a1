package dev.headline.data;

import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresReplica;
import dev.headline.infra.postgres.PostgresSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A primary with two replicas of a test's own, which it may stop, hold up and kill. */
final class Replicated implements AutoCloseable {

  private static final String NAME = "replicated";
  private static final String PASSWORD = "only-for-this-test";

  private final TestFolder folder = TestFolder.create();
  private final PostgresCluster cluster;

  Replicated() {
    cluster =
        PostgresCluster.start(
            PostgresSettings.in(folder.path().resolve("postgres"))
                .withReplicas(2)
                .withFsync(false));
    // Tests create tables.
    cluster.createDatabase(
        NAME, new DatabaseRole(NAME, PASSWORD), new DatabaseRole("service", PASSWORD));
    catchUp();
  }

  PostgresCluster cluster() {
    return cluster;
  }

  PostgresReplica replica(int number) {
    return cluster.replicas().get(number - 1);
  }

  DataSettings settings(int poolSize) {
    List<String> urls = cluster.replicas().stream().map(it -> it.jdbcUrl(NAME)).toList();
    return new DataSettings(cluster.primary().jdbcUrl(NAME), urls, NAME, PASSWORD, poolSize);
  }

  ReplicaRouter router(DataSettings settings) {
    return ReplicaRouter.open(settings, new SimpleMeterRegistry());
  }

  /** Does something on the primary, by nobody's router. */
  void run(String sql) {
    try (var router = router(primaryOnly())) {
      router.write(client -> client.sql(sql).update());
    }
  }

  private DataSettings primaryOnly() {
    return new DataSettings(cluster.primary().jdbcUrl(NAME), List.of(), NAME, PASSWORD, 1);
  }

  /**
   * Lets commits wait for replicas, such as {@code ANY 1 ("replica-1", "replica-2")}; for none if
   * empty.
   */
  void synchronousStandbys(String names) {
    try (var connection = cluster.primary().connect(NAME);
        var statement = connection.createStatement()) {
      // This session's own commit must wait for nobody.
      statement.execute("set synchronous_commit = local");
      statement.execute("alter system set synchronous_standby_names = '" + names + "'");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A number, as the primary's superuser sees it. */
  long look(String sql) {
    try (var connection = cluster.primary().connect(NAME);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the replicas show what is written now. */
  void catchUp() {
    cluster.awaitReplicas(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    cluster.close();
    folder.close();
  }
}

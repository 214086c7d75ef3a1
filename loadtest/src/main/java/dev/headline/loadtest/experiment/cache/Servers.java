package dev.headline.loadtest.experiment.cache;

import dev.headline.infra.InfraException;
import dev.headline.infra.binary.FileTree;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresNode;
import dev.headline.infra.postgres.PostgresSettings;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Postgres with a replica, the table in it, and an empty Redis, in a folder that goes with them.
 */
final class Servers implements AutoCloseable {

  private static final Duration CATCH_UP = Duration.ofSeconds(20);
  private static final String MAINTENANCE = "postgres";

  /** All but what the router itself asks, ten times a second, to know how far a node is. */
  private static final String STATEMENTS =
      """
      select coalesce(sum(calls), 0)
      from pg_stat_statements
      where userid = '%s'::regrole and query not like '%%pg_current_snapshot%%'
      """
          .formatted(Places.NAME);

  private final Path folder;
  private final PostgresCluster postgres;
  private final Redis redis;

  private Servers(Path folder, PostgresCluster postgres, Redis redis) {
    this.folder = folder;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Starts them all, which takes a few seconds. */
  static Servers start() {
    Path folder = newFolder();
    try {
      var settings = PostgresSettings.in(folder.resolve("postgres")).withFsync(false);
      PostgresCluster postgres = PostgresCluster.start(settings);
      try {
        prepare(postgres);
        Redis redis = Redis.start(RedisSettings.in(folder.resolve("redis")));
        return new Servers(folder, postgres, redis);
      } catch (SQLException | RuntimeException e) {
        postgres.close();
        throw e;
      }
    } catch (SQLException | InfraException e) {
      delete(folder);
      throw new ExperimentException("The servers did not start: " + e.getMessage(), e);
    }
  }

  /** Lets each node count its statements, and makes the table. */
  private static void prepare(PostgresCluster postgres) throws SQLException {
    postgres.awaitReplicas(CATCH_UP);
    for (PostgresNode node : nodes(postgres)) {
      try (Connection connection = node.connect(MAINTENANCE)) {
        run(connection, "alter system set shared_preload_libraries = 'pg_stat_statements'");
      }
      node.restart();
    }
    var owner = new DatabaseRole("owner", Places.PASSWORD);
    postgres.createDatabase(Places.NAME, owner, new DatabaseRole(Places.NAME, Places.PASSWORD));
    try (Connection connection = postgres.primary().connect(MAINTENANCE)) {
      run(connection, "create extension pg_stat_statements");
    }
    String url = postgres.primary().jdbcUrl(Places.NAME);
    try (Connection connection = DriverManager.getConnection(url, owner.name(), owner.password())) {
      for (String statement : Contents.FILL) {
        run(connection, statement);
      }
    }
    postgres.awaitReplicas(CATCH_UP);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<PostgresNode> nodes(PostgresCluster postgres) {
    return Stream.concat(Stream.of(postgres.primary()), postgres.replicas().stream()).toList();
  }

  /** Where they are. */
  Places places() {
    return new Places(
        postgres.primary().jdbcUrl(Places.NAME),
        postgres.replicas().getFirst().jdbcUrl(Places.NAME),
        redis.uri());
  }

  /** How many statements all nodes have done for those who read, as the nodes have counted. */
  long statements() {
    return nodes(postgres).stream().mapToLong(Servers::statements).sum();
  }

  private static long statements(PostgresNode node) {
    try (Connection connection = node.connect(MAINTENANCE);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(STATEMENTS)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new ExperimentException(node + " does not say how many statements it did", e);
    }
  }

  // Root starts servers as somebody else, who has to pass it.
  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("headline-experiment");
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
    delete(folder);
  }
}

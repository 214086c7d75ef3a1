package dev.headline.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.junit.TestFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what in a service's database. */
class DatabasesTest {

  private static final DatabaseRole OWNER = new DatabaseRole("news \"owner\"", "sec'ret");
  private static final DatabaseRole SERVICE = new DatabaseRole("it's \"me\"", "fir'st");
  private static final String DENIED = "42501";

  private static TestFolder folder;
  private static PostgresCluster cluster;

  @BeforeAll
  static void start() throws SQLException {
    folder = TestFolder.create();
    cluster =
        PostgresCluster.start(
            PostgresSettings.in(folder.path().resolve("postgres"))
                .withReplicas(0)
                .withFsync(false));
    cluster.createDatabase("news", OWNER, SERVICE);
    as(OWNER, "news", "CREATE TABLE story (id bigserial, title text)");
    as(OWNER, "news", "CREATE SEQUENCE number");
  }

  @AfterAll
  static void stop() {
    cluster.close();
    folder.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO story (title) VALUES ('hello')",
        "SELECT title FROM story FOR UPDATE",
        "UPDATE story SET title = 'hello again'",
        "DELETE FROM story",
        "SELECT nextval('number')"
      })
  void aServiceReadsAndWritesTheRowsOfItsTables(String sql) throws SQLException {
    as(SERVICE, "news", sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA mine",
        "TRUNCATE story",
        "ALTER TABLE story ADD COLUMN mine int",
        "DROP TABLE story",
        "DROP DATABASE news",
        "CREATE ROLE mine",
        "SELECT setval('number', 1)",
        "COPY (SELECT 1) TO PROGRAM 'true'"
      })
  void aServiceChangesNothingElse(String sql) {
    assertThatThrownBy(() -> as(SERVICE, "news", sql))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo(DENIED));
  }

  @Test
  void neitherRoleCanEnterTheDatabaseOfAnother() {
    var owner = new DatabaseRole("other_owner", "secret");
    var service = new DatabaseRole("other", "secret");
    cluster.createDatabase("other", owner, service);

    assertThatThrownBy(() -> as(SERVICE, "other", "SELECT 1"))
        .hasMessageContaining("permission denied for database");
    assertThatThrownBy(() -> as(OWNER, "other", "SELECT 1"))
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void creatingADatabaseTwiceChangesOnlyThePasswords() throws SQLException {
    var owner = new DatabaseRole("twice_owner", "secret");
    cluster.createDatabase("twice", owner, new DatabaseRole("twice", "first"));
    as(owner, "twice", "CREATE TABLE story (title text)");
    var renewed = new DatabaseRole("twice", "second");

    cluster.createDatabase("twice", owner, renewed);

    as(renewed, "twice", "INSERT INTO story VALUES ('hello')");
    assertThatThrownBy(() -> as(new DatabaseRole("twice", "first"), "twice", "SELECT 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void whatAServiceOwnedBelongsToTheOwnerNow() throws SQLException {
    var owner = new DatabaseRole("old_owner", "secret");
    var service = new DatabaseRole("old", "secret");
    superuser("CREATE ROLE old LOGIN PASSWORD 'secret'");
    superuser("CREATE DATABASE old OWNER old");
    superuser("REVOKE ALL ON DATABASE old FROM PUBLIC");
    as(service, "old", "CREATE TABLE story (id bigserial, title text)");
    as(service, "old", "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1");
    as(service, "old", "INSERT INTO story (title) VALUES ('kept')");

    cluster.createDatabase("old", owner, service);

    as(service, "old", "INSERT INTO story (title) VALUES ('hello')");
    as(service, "old", "SELECT one()");
    assertThatThrownBy(() -> as(service, "old", "DROP TABLE story")).hasMessageContaining("owner");
    assertThatThrownBy(() -> as(service, "old", "CREATE TABLE mine (id int)"))
        .hasMessageContaining("permission denied for schema");
    as(owner, "old", "ALTER TABLE story ADD COLUMN body text");
    as(owner, "old", "CREATE TABLE comment (text text)");
    as(service, "old", "INSERT INTO comment VALUES ('well said')");
  }

  @Test
  void anOwnerThatIsTheServiceIsRefused() {
    assertThatThrownBy(() -> cluster.createDatabase("same", OWNER, OWNER))
        .hasMessageContaining("must be two roles");
  }

  private static void superuser(String sql) throws SQLException {
    PostgresClusterTest.execute(cluster.primary(), sql);
  }

  private static void as(DatabaseRole role, String database, String sql) throws SQLException {
    String url = cluster.primary().jdbcUrl(database);
    try (Connection connection = DriverManager.getConnection(url, role.name(), role.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

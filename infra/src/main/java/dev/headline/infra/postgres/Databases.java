package dev.headline.infra.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Creates databases with two roles each: one that owns everything in it, and one for the service,
 * which may read and write rows and nothing else. Statements are quoted by the server's own {@code
 * format}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html">default
 *     privileges</a>
 */
final class Databases {

  private static final String ROWS = "SELECT, INSERT, UPDATE, DELETE";
  private static final String NUMBERS = "USAGE, SELECT";

  private final PostgresNode primary;
  private final String name;
  private final DatabaseRole owner;
  private final DatabaseRole service;

  Databases(PostgresNode primary, String name, DatabaseRole owner, DatabaseRole service) {
    if (owner.name().equals(service.name())) {
      throw new IllegalArgumentException(
          "The owner and the service must be two roles, but both are " + owner);
    }
    this.primary = primary;
    this.name = name;
    this.owner = owner;
    this.service = service;
  }

  /** Creates what is missing, sets both passwords, and puts right who may do what. */
  void create() throws SQLException {
    try (Connection connection = primary.connect()) {
      createRole(connection, owner);
      createRole(connection, service);
      if (exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
        run(connection, "ALTER DATABASE %I OWNER TO %I", name, owner.name());
      } else {
        run(connection, "CREATE DATABASE %I OWNER %I", name, owner.name());
      }
      // Every role may enter every database by default; a service sees only its own.
      run(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name);
      run(connection, "GRANT CONNECT ON DATABASE %I TO %I", name, service.name());
    }
    try (Connection connection = primary.connect(name)) {
      grant(connection);
    }
  }

  private void createRole(Connection connection, DatabaseRole role) throws SQLException {
    String query = "SELECT FROM pg_roles WHERE rolname = ?";
    String verb = exists(connection, query, role.name()) ? "ALTER" : "CREATE";
    run(connection, verb + " ROLE %I LOGIN PASSWORD %L", role.name(), role.password());
  }

  /** Inside the database: what is there, and what the owner will create. */
  private void grant(Connection connection) throws SQLException {
    // There was a time when the service owned its database, and its data has outlived that.
    run(connection, "REASSIGN OWNED BY %I TO %I", service.name(), owner.name());
    run(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC, %I", service.name());
    run(connection, "GRANT USAGE ON SCHEMA public TO %I", service.name());
    run(connection, "GRANT " + ROWS + " ON ALL TABLES IN SCHEMA public TO %I", service.name());
    run(
        connection,
        "GRANT " + NUMBERS + " ON ALL SEQUENCES IN SCHEMA public TO %I",
        service.name());
    String later = "ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT ";
    run(connection, later + ROWS + " ON TABLES TO %I", owner.name(), service.name());
    run(connection, later + NUMBERS + " ON SEQUENCES TO %I", owner.name(), service.name());
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void run(Connection connection, String template, String... names)
      throws SQLException {
    String sql;
    try (var format = connection.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
      format.setString(1, template);
      format.setArray(2, connection.createArrayOf("text", names));
      try (var rows = format.executeQuery()) {
        rows.next();
        sql = rows.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.headline.infra.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Creates roles and databases. Statements are quoted by the server's own {@code format}. */
final class Databases {

  private final Connection connection;

  Databases(Connection connection) {
    this.connection = connection;
  }

  /** Creates what is missing, and sets the password of a role that exists. */
  void create(String name, String role, String password) throws SQLException {
    String verb = exists("SELECT FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
    run(verb + " ROLE %I LOGIN PASSWORD %L", role, password);
    if (!exists("SELECT FROM pg_database WHERE datname = ?", name)) {
      run("CREATE DATABASE %I OWNER %I", name, role);
    }
    // Every role may enter every database by default; a service sees only its own.
    run("REVOKE ALL ON DATABASE %I FROM PUBLIC", name, null);
  }

  private boolean exists(String query, String name) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void run(String template, String first, @Nullable String second) throws SQLException {
    String sql;
    try (var format = connection.prepareStatement("SELECT format(?, ?::text, ?::text)")) {
      format.setString(1, template);
      format.setString(2, first);
      format.setString(3, second);
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

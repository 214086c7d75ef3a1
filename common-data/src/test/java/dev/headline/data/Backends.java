package dev.headline.data;

import dev.headline.infra.postgres.PostgresCluster;
import java.sql.Connection;
import java.sql.SQLException;

/** What the server does for one role, as the superuser sees it. */
final class Backends implements AutoCloseable {

  /** Whoever runs something or is inside a transaction; only such sessions hold locks. */
  private static final String ALIVE =
      """
      select count(*) from pg_stat_activity a
      where usename = ? and query like '%thing%'
        and (state <> 'idle'
          or exists (select from pg_locks l where l.pid = a.pid and l.relation = 'thing'::regclass))
      """;

  private final Connection connection;
  private final String role;

  Backends(PostgresCluster cluster, String database, String role) throws SQLException {
    this.connection = cluster.primary().connect(database);
    this.role = role;
  }

  /** How many statements or locks on the table are alive. */
  int alive() {
    try (var query = connection.prepareStatement(ALIVE)) {
      query.setString(1, role);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

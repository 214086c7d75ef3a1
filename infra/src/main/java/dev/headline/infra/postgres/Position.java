package dev.headline.infra.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Places in the write-ahead log (LSN), by which replication is measured. */
final class Position {

  private Position() {}

  /** Where the primary is now. */
  static String of(Connection primary) throws SQLException {
    try (var statement = primary.createStatement();
        var rows = statement.executeQuery("SELECT pg_current_wal_lsn()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Whether the replica has applied everything up to there; not if it cannot be asked. */
  static boolean isReplayed(PostgresNode replica, String position) {
    try (var connection = replica.connect();
        var query = connection.prepareStatement("SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
      query.setString(1, position);
      try (var rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException unreachable) {
      return false;
    }
  }
}

package dev.headline.data.lag;

import dev.headline.data.WalPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node where it is in the log. It keeps a connection of its own, because one that waits
 * behind requests would learn last that they wait for a node that hangs.
 *
 * <p>Belongs to one thread at a time.
 */
final class WalProbe implements AutoCloseable {

  // The snapshot is taken before the positions are read: VisiblePosition counts on that.
  private static final String QUESTION =
      """
      select pg_is_in_recovery(),
        case when pg_is_in_recovery() then coalesce(pg_last_wal_replay_lsn(), '0/0')
          else pg_current_wal_flush_lsn() end,
        case when pg_is_in_recovery() then coalesce(pg_last_wal_receive_lsn(), '0/0')
          else pg_current_wal_flush_lsn() end,
        pg_snapshot_xmin(running)::text::bigint,
        pg_snapshot_xmax(running)::text::bigint
      from pg_current_snapshot() running
      """;

  private final DataSource node;
  private final Duration patience;
  private final LongSupplier nanoClock;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement question;

  /**
   * @param node gives connections to it, and gives up soon if it cannot
   * @param patience how long to wait for an answer
   */
  WalProbe(DataSource node, Duration patience, LongSupplier nanoClock) {
    this.node = node;
    this.patience = patience;
    this.nanoClock = nanoClock;
  }

  /**
   * Asks it.
   *
   * @throws SQLException if it does not answer in time, or at all; it is asked over a new
   *     connection then
   */
  Reading ask() throws SQLException {
    try {
      PreparedStatement prepared = question == null ? prepare() : question;
      long nanos = nanoClock.getAsLong();
      try (ResultSet rows = prepared.executeQuery()) {
        rows.next();
        return new Reading(
            rows.getBoolean(1),
            WalPosition.parse(rows.getString(2)),
            WalPosition.parse(rows.getString(3)),
            rows.getLong(4),
            rows.getLong(5),
            nanos);
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private PreparedStatement prepare() throws SQLException {
    Connection opened = node.getConnection();
    connection = opened;
    opened.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    PreparedStatement prepared = opened.prepareStatement(QUESTION);
    question = prepared;
    return prepared;
  }

  /** Lets the connection go; the next question opens another. */
  @Override
  public void close() {
    Connection old = connection;
    connection = null;
    question = null;
    try {
      if (old != null) {
        // Without a goodbye, which a node that hangs would not take.
        old.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // It is gone all the same.
    }
  }
}

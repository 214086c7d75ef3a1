package dev.headline.data.write;

import dev.headline.data.SynchronousCommit;
import dev.headline.data.WalPosition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Commits, and asks in the same message how far the log is then: whoever has replayed up to there
 * shows what was committed. It costs no round trip of its own.
 */
public final class PositionedCommit extends DataSourceTransactionManager {

  private static final long serialVersionUID = 1L;

  // What is flushed holds this commit and can be sent to replicas at once; what is only inserted
  // may be somebody else's and wait for his commit.
  private static final String FLUSHED = "commit; select pg_current_wal_flush_lsn()";

  // Without waiting for the disk, this commit may not have been flushed yet.
  private static final String INSERTED = "commit; select pg_current_wal_insert_lsn()";

  /** Set and taken by one thread within {@link #commitAndLocate}. */
  private static final ThreadLocal<WalPosition> POSITION = new ThreadLocal<>();

  private final String commit;

  public PositionedCommit(DataSource dataSource, SynchronousCommit meaning) {
    super(dataSource);
    this.commit = meaning == SynchronousCommit.OFF ? INSERTED : FLUSHED;
  }

  /**
   * Commits.
   *
   * @return a position after the commit; {@link WalPosition#START} if this was only a part of a
   *     transaction that is still open
   */
  public WalPosition commitAndLocate(TransactionStatus transaction) {
    try {
      commit(transaction);
      WalPosition reached = POSITION.get();
      return reached == null ? WalPosition.START : reached;
    } finally {
      POSITION.remove();
    }
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    var transaction = (JdbcTransactionObjectSupport) status.getTransaction();
    Connection connection = transaction.getConnectionHolder().getConnection();
    try (Statement statement = connection.createStatement()) {
      // The driver sends both at once, and knows afterwards that no transaction is open.
      statement.execute(commit);
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        POSITION.set(WalPosition.parse(rows.getString(1)));
      }
    } catch (SQLException e) {
      // Of this kind, as of no other, Spring knows that there is nothing left to roll back.
      throw new TransactionSystemException("The commit failed", e);
    }
  }
}

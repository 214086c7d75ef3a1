package dev.headline.data;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RequestContext.Subscription;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels what runs on a lent connection when its request ends, by cancellation or by its deadline.
 *
 * <p>It takes the place of the driver's query timeout: that one sends all its cancel signals from a
 * single thread, so that one server that hangs delays the timeouts of the others. The signal goes
 * over a connection of its own, hence on a thread of its own. It is repeated until the connection
 * is given back, because a signal that comes before its statement does nothing.
 */
final class CancelSignal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CancelSignal.class);
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PgConnection connection;
  private final Subscription subscription;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean givenBack;

  /**
   * @param connection as borrowed for the request
   * @param request whose end is waited for
   */
  CancelSignal(PgConnection connection, RequestContext request) {
    this.connection = connection;
    this.subscription =
        request.onCancel(
            () -> Thread.ofVirtual().name("headline-cancel-sql").start(this::repeatUntilGivenBack));
  }

  /**
   * To be called before the connection goes back. Waits for a signal that is on its way, at most
   * the driver's {@code cancelSignalTimeout}, lest it hit the next borrower's statement; a
   * connection that is broken has no next borrower.
   */
  @Override
  public void close() throws SQLException {
    subscription.close();
    if (connection.isClosed()) {
      return;
    }
    lock.lock();
    try {
      givenBack = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void repeatUntilGivenBack() {
    lock.lock();
    try {
      while (!givenBack && !connection.isClosed()) {
        connection.cancelQuery();
        changed.awaitNanos(REPEAT_NANOS);
      }
    } catch (SQLException e) {
      log.warn("A statement could not be cancelled; its socket will be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}

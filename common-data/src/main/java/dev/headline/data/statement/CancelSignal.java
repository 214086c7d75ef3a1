package dev.headline.data.statement;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RequestContext.Subscription;
import dev.headline.rpc.transport.Timers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.core.TransactionState;
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
 *
 * <p>A signal ends a statement, but not a transaction whose thread is busy elsewhere; its locks
 * would be held for as long. So a transaction that is still open {@link #GRACE} after its request
 * is ended by closing its socket, which costs a new login.
 */
final class CancelSignal {

  /** A transaction has this long to be rolled back in the ordinary way. */
  private static final Duration GRACE = Duration.ofMillis(150);

  private static final Logger log = LoggerFactory.getLogger(CancelSignal.class);
  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private enum Loan {
    OUT,
    RETURNED,
    /** Its socket is closed, though it is still lent. */
    ABANDONED
  }

  private final PgConnection connection;
  private final Subscription subscription;
  private final AtomicReference<Loan> loan = new AtomicReference<>(Loan.OUT);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** A signal that failed half-way may still arrive, and hit whoever comes next. */
  private volatile boolean doubtful;

  /**
   * @param connection as borrowed for the request
   * @param request whose end is waited for
   */
  CancelSignal(PgConnection connection, RequestContext request) {
    this.connection = connection;
    this.subscription = request.onCancel(this::begin);
  }

  /** Called by whoever cancels, and so must not block. */
  private void begin() {
    onThread(this::repeatUntilReturned);
    Timers.alarm(GRACE, () -> onThread(this::abandonTransaction));
  }

  /**
   * To be called before the connection goes back. Waits for a signal that is on its way, at most
   * the driver's {@code cancelSignalTimeout}, lest it hit the next borrower's statement; a
   * connection that is broken has no next borrower.
   *
   * @return whether the connection may be lent again
   */
  boolean end() throws SQLException {
    subscription.close();
    if (!loan.compareAndSet(Loan.OUT, Loan.RETURNED) || connection.isClosed()) {
      return false;
    }
    lock.lock();
    try {
      changed.signalAll();
      return !doubtful;
    } finally {
      lock.unlock();
    }
  }

  private void repeatUntilReturned() {
    lock.lock();
    try {
      while (loan.get() == Loan.OUT && !connection.isClosed()) {
        connection.cancelQuery();
        changed.awaitNanos(REPEAT_NANOS);
      }
    } catch (SQLException e) {
      log.warn("A statement could not be cancelled; its connection will be closed", e);
      doubtful = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void abandonTransaction() {
    if (connection.getTransactionState() == TransactionState.OPEN
        && loan.compareAndSet(Loan.OUT, Loan.ABANDONED)) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        log.warn("The connection of a transaction that is over could not be closed", e);
      }
    }
  }

  private static void onThread(Runnable work) {
    Thread.ofVirtual().name("headline-cancel-sql").start(work);
  }
}

package dev.headline.data.write;

import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import dev.headline.data.statement.SqlFailures;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import java.sql.SQLException;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/**
 * Does work in one transaction and, when that fails, says what is known of it. Until the commit is
 * sent nothing can have been written, whatever becomes of the connection. Once it is sent, only the
 * server's answer tells: it may have committed before the connection was lost.
 */
public final class Transactions {

  private final PositionedCommit manager;

  private final SqlFailures failures;
  private final Runnable onReadOnly;

  /**
   * Transactions of one pool.
   *
   * @param onReadOnly called when the node turns out to be the primary no longer; the other
   *     connections to it are as useless as the one that said so
   */
  public Transactions(PositionedCommit manager, SqlFailures failures, Runnable onReadOnly) {
    this.manager = manager;
    this.failures = failures;
    this.onReadOnly = onReadOnly;
  }

  /**
   * Commits what the work did, or rolls it back if the work throws or its request ends meanwhile.
   *
   * @return what the work returned, and a position after the commit
   * @throws RpcException whose {@link RpcException#execution()} is {@link
   *     dev.headline.rpc.Execution#NOT_EXECUTED} if nothing was written, and {@link
   *     dev.headline.rpc.Execution#UNKNOWN} if the commit was sent and its outcome never came
   */
  public <T> Snapshot<T> run(JdbcClient client, Function<JdbcClient, T> work) {
    RequestContext request = RequestContext.current();
    TransactionStatus transaction = begin();
    T result;
    try {
      result = work.apply(client);
      request.check();
    } catch (RpcException failure) {
      rollBack(transaction, failure);
      if (SqlFailures.isReadOnly(failure)) {
        onReadOnly.run();
      }
      throw WriteOutcome.notWritten(failure);
    } catch (RuntimeException | Error failure) {
      rollBack(transaction, failure);
      throw failure;
    }
    WalPosition position = commit(transaction);
    if (request.isCancelled()) {
      // A commit that waits for a standby and is cancelled says that all is well, and may be lost
      // with this node.
      throw WriteOutcome.unknown(request.failure());
    }
    return new Snapshot<>(result, position);
  }

  private TransactionStatus begin() {
    try {
      return manager.getTransaction(TransactionDefinition.withDefaults());
    } catch (CannotCreateTransactionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw WriteOutcome.notWritten(
          cause instanceof SQLException sql ? failures.of(sql) : RpcException.from(cause));
    }
  }

  private WalPosition commit(TransactionStatus transaction) {
    try {
      return manager.commitAndLocate(transaction);
    } catch (TransactionSystemException e) {
      if (!(e.getCause() instanceof SQLException failure)) {
        throw e;
      }
      RpcException meaning = failures.of(failure);
      throw WriteOutcome.isRefusal(failure)
          ? WriteOutcome.notWritten(meaning)
          : WriteOutcome.unknown(meaning);
    }
  }

  /** What went wrong first is what the caller must hear, even if rolling back goes wrong too. */
  private void rollBack(TransactionStatus transaction, Throwable reason) {
    try {
      manager.rollback(transaction);
    } catch (RuntimeException failure) {
      reason.addSuppressed(failure);
    }
  }
}

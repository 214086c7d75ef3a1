package dev.headline.data.statement;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What a failure of the database means to a caller. Spring lets a translator name the exception, so
 * this one throws ours from there. The sentences cross the wire, hence no SQL and no values in
 * them; the cause is kept and logged.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
public final class SqlFailures implements SQLExceptionTranslator {

  private static final Logger log = LoggerFactory.getLogger(SqlFailures.class);
  private static final String UNREACHABLE = "The database cannot be reached";

  /** A node that is a replica, or whose operator lets it write no more. */
  public static final String READ_ONLY_TRANSACTION = "25006";

  private final String pool;

  /**
   * Failures of one pool.
   *
   * @param pool whose failures these are, for the log
   */
  public SqlFailures(String pool) {
    this.pool = pool;
  }

  @Override
  public DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
    throw of(failure);
  }

  /** What it means to the current request. */
  public RpcException of(SQLException failure) {
    return unlessOver(byState(failure), failure);
  }

  /** Whether a node refused to write because it only reads. */
  public static boolean isReadOnly(RpcException failure) {
    return failure.getCause() instanceof SQLException sql
        && READ_ONLY_TRANSACTION.equals(sql.getSQLState());
  }

  /** What it means that there was no connection to be had. */
  public RpcException unreachable(SQLException failure) {
    return unlessOver(unreachableBecause(failure), failure);
  }

  /** The same for another request, which may not be over; not logged again. */
  public static RpcException unreachableBecause(SQLException failure) {
    return as(RpcCode.UNAVAILABLE, UNREACHABLE, failure);
  }

  private RpcException unlessOver(RpcException meaning, SQLException failure) {
    RequestContext request = RequestContext.current();
    if (request.isCancelled()) {
      // Whatever the database said, it said it because its client had gone or was about to go.
      RpcException over = request.failure();
      over.addSuppressed(failure);
      return over;
    }
    if (meaning.code().isFault()) {
      log.warn("{} failed with SQL state {}", pool, failure.getSQLState(), failure);
    }
    return meaning;
  }

  private static RpcException byState(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "23505" -> as(RpcCode.ALREADY_EXISTS, "It exists already", failure);
      case "23503" ->
          as(RpcCode.FAILED_PRECONDITION, "Something that it refers to does not exist", failure);
      // Serialization failure and deadlock: the other one won, and trying again may succeed.
      // And so it was with the lock that was not to be had.
      case "40001", "40P01", "55P03" ->
          as(RpcCode.ABORTED, "Another transaction was in the way", failure);
      // On the database's own account, as the request still runs: an operator, or a time limit.
      case "57014" -> as(RpcCode.UNAVAILABLE, "The database gave the statement up", failure);
      case READ_ONLY_TRANSACTION ->
          as(RpcCode.UNAVAILABLE, "This database node only reads", failure);
      default ->
          isConnectionLost(state)
              ? unreachableBecause(failure)
              : as(RpcCode.INTERNAL, "The database refused a statement", failure);
    };
  }

  /**
   * Class 08 is the connection's, class 57P the server's shutdown, 53300 too many connections, and
   * 25P03 the end of a session that held a transaction and did nothing.
   */
  private static boolean isConnectionLost(String state) {
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("53300")
        || state.equals("25P03");
  }

  private static RpcException as(RpcCode code, String sentence, SQLException cause) {
    return new RpcException(code, sentence, cause);
  }
}

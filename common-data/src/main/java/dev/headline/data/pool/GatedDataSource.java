package dev.headline.data.pool;

import dev.headline.data.statement.Lease;
import dev.headline.data.statement.SqlFailures;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lends connections to requests: first come, first served. A request waits for others until its
 * deadline or until it is cancelled, and for the database a quarter of a second at most. The gate
 * stands in front of the pool because Hikari is not fair: a thread that has just given its
 * connection back gets the next one, and among many virtual threads some wait until they time out.
 *
 * <p>When the pool turns out to be empty, all who wait hear that, and not only the few who were let
 * in: one after the other, most would learn it after their deadline.
 */
final class GatedDataSource extends DelegatingDataSource {

  private static final Logger log = LoggerFactory.getLogger(GatedDataSource.class);

  private final Gate gate;
  private final BooleanSupplier empty;
  private final Consumer<Connection> evict;
  private final SqlFailures failures;

  /** Those that are out now; each is meant itself. */
  private final Set<Connection> lent = ConcurrentHashMap.newKeySet();

  /**
   * @param pool lends without an order, and fails soon if it has nothing to lend
   * @param gate has as many places as there are connections at most
   * @param empty whether it has none now, lent ones included
   * @param evict tells it not to lend a connection again
   * @param failures what it means if it has none
   */
  GatedDataSource(
      DataSource pool,
      Gate gate,
      BooleanSupplier empty,
      Consumer<Connection> evict,
      SqlFailures failures) {
    super(pool);
    this.gate = gate;
    this.empty = empty;
    this.evict = evict;
    this.failures = failures;
  }

  /**
   * A connection for the current request.
   *
   * @throws RpcException {@link RpcCode#RESOURCE_EXHAUSTED} if all connections stayed busy until
   *     the deadline; {@link RpcCode#UNAVAILABLE} if the database gives none; {@link
   *     RpcCode#CANCELLED} or {@link RpcCode#DEADLINE_EXCEEDED} if the request is over
   */
  @Override
  public Connection getConnection() {
    RequestContext request = RequestContext.current();
    request.check();
    gate.enter(request);
    boolean lent = false;
    try {
      request.check();
      Connection lease = lease(super.getConnection(), request);
      lent = true;
      return lease;
    } catch (SQLException e) {
      if (empty.getAsBoolean()) {
        gate.turnAway(() -> SqlFailures.unreachableBecause(e));
      }
      throw failures.unreachable(e);
    } finally {
      if (!lent) {
        gate.leave();
      }
    }
  }

  private Connection lease(Connection connection, RequestContext request) throws SQLException {
    boolean leased = false;
    try {
      Connection lease = Lease.of(connection, request, evict, () -> giveBack(connection));
      lent.add(connection);
      leased = true;
      return lease;
    } finally {
      if (!leased) {
        connection.close();
      }
    }
  }

  private void giveBack(Connection connection) {
    lent.remove(connection);
    gate.leave();
  }

  /**
   * Closes the sockets of all connections that are out, and turns away all who wait: the database
   * does not answer, and whoever waits for it can still ask elsewhere.
   */
  void abandon() {
    gate.turnAway(GatedDataSource::silent);
    for (Connection connection : lent) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("A connection was closed already", e);
      }
    }
  }

  private static RpcException silent() {
    return RpcException.refused(RpcCode.UNAVAILABLE, "The database has stopped answering");
  }
}

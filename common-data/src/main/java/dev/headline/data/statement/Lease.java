package dev.headline.data.statement;

import dev.headline.rpc.RequestContext;
import io.grpc.Deadline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A connection as lent to one request. Closing it first takes back what could disturb the next
 * borrower, then returns the connection, and only then opens the gate.
 */
public final class Lease implements InvocationHandler {

  /**
   * How long after its deadline a request waits for the answer to its cancel signal. A server that
   * hangs gives none, and then the socket is closed.
   */
  private static final long GRACE_MILLIS = 250;

  private final Connection connection;
  private final CancelSignal cancel;
  private final Consumer<Connection> evict;
  private final Runnable onReturn;
  private final AtomicBoolean returned = new AtomicBoolean();

  private Lease(
      Connection connection, CancelSignal cancel, Consumer<Connection> evict, Runnable onReturn) {
    this.connection = connection;
    this.cancel = cancel;
    this.evict = evict;
    this.onReturn = onReturn;
  }

  /**
   * Lends a connection.
   *
   * @param connection as borrowed from the pool
   * @param request who it is for
   * @param evict for a connection that is fit for nobody else
   * @param onReturn runs once the connection is back in the pool
   */
  public static Connection of(
      Connection connection, RequestContext request, Consumer<Connection> evict, Runnable onReturn)
      throws SQLException {
    connection.setNetworkTimeout(Runnable::run, networkTimeout(request.deadline()));
    var cancel = new CancelSignal(connection.unwrap(PgConnection.class), request);
    return (Connection)
        Proxy.newProxyInstance(
            Lease.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Lease(connection, cancel, evict, onReturn));
  }

  private static int networkTimeout(@Nullable Deadline deadline) {
    if (deadline == null) {
      return SessionBounds.SOCKET_MILLIS;
    }
    long remaining = Math.max(0, deadline.timeRemaining(TimeUnit.MILLISECONDS));
    return (int) Math.min(remaining + GRACE_MILLIS, Integer.MAX_VALUE);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      giveBack();
      return null;
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void giveBack() throws SQLException {
    if (!returned.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!cancel.end()) {
        evict.accept(connection);
      }
    } finally {
      try {
        connection.close();
      } finally {
        onReturn.run();
      }
    }
  }
}

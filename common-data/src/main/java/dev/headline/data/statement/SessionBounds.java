package dev.headline.data.statement;

/**
 * What the server itself holds a session to, all in one place.
 *
 * <p>The deadline of a request is kept by its client, which cancels the statement ({@link
 * CancelSignal}) and closes the socket of a server that does not answer ({@link Lease}). It is not
 * told to the server as well: {@code statement_timeout} would have to be set before each statement,
 * which costs a round trip or a second statement in each, for nothing but the case that the client
 * can no longer cancel. For that case these bounds are enough, and they cost nothing, because they
 * are part of the login:
 *
 * <ul>
 *   <li>the client's process is gone: {@code client_connection_check_interval} ends its statement
 *       within 100 ms;
 *   <li>the client's host is gone, and nothing says so: {@code statement_timeout} and {@code
 *       idle_in_transaction_session_timeout} end what it has left, and its locks with it;
 *   <li>somebody else holds a lock: {@code lock_timeout} ends the wait of work that has no
 *       deadline.
 * </ul>
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-client.html">Client
 *     connection defaults</a>
 */
public final class SessionBounds {

  /** A little less than {@link #SOCKET_MILLIS}, so that the server speaks first. */
  public static final int STATEMENT_SECONDS = 25;

  public static final int LOCK_SECONDS = 10;
  public static final int IDLE_IN_TRANSACTION_SECONDS = 10;
  public static final int CLIENT_CHECK_MILLIS = 100;

  /** How long a client without a deadline waits for a server that does not answer. */
  public static final int SOCKET_MILLIS = 30_000;

  private static final String OPTIONS =
      "-c statement_timeout=%ds -c lock_timeout=%ds -c idle_in_transaction_session_timeout=%ds"
              .formatted(STATEMENT_SECONDS, LOCK_SECONDS, IDLE_IN_TRANSACTION_SECONDS)
          + " -c client_connection_check_interval=%dms".formatted(CLIENT_CHECK_MILLIS);

  private SessionBounds() {}

  /** For a session that may write. */
  public static String readWrite() {
    return OPTIONS;
  }

  /** For a session on a replica: it only reads, also once that replica has been promoted. */
  public static String readOnly() {
    return OPTIONS + " -c default_transaction_read_only=on";
  }
}

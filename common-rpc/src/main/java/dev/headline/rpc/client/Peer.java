package dev.headline.rpc.client;

import dev.headline.rpc.Connection;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.transport.Timers;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * An instance that a client knows, from the first attempt to connect to the end of its channel. It
 * is told by its channel whether it is connected, so that a pick need not ask. Safe for many
 * threads.
 */
final class Peer {

  /** From the news that an instance is gone to the end of its channel. */
  private static final Duration RETIREMENT = Duration.ofSeconds(1);

  /**
   * How long gRPC may put off the next attempt to connect. By itself it would be up to two minutes,
   * long after an instance that was restarted at its old address is back.
   */
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final Connection connection;
  private final LongSupplier nanoClock;
  private final Runnable changed;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean hurrying = new AtomicBoolean();
  // Written by one thread at a time: gRPC tells of one change after the other.
  private volatile boolean isReady;
  private volatile long since;
  private boolean isNews;

  /**
   * @param connection that has not begun to connect; closed or retired by this
   * @param isNews whether it takes its share slowly once it is connected
   * @param since when it began to take calls, if it is no news
   * @param changed called when it is connected and when it no longer is; must not block
   */
  Peer(
      Connection connection, boolean isNews, long since, LongSupplier nanoClock, Runnable changed) {
    this.connection = connection;
    this.isNews = isNews;
    this.since = since;
    this.nanoClock = nanoClock;
    this.changed = changed;
  }

  /** Begins to connect, and does so again whenever the connection is lost. */
  void connect() {
    // Asking makes an idle channel connect.
    ConnectivityState state = channel().getState(true);
    boolean connected = state == ConnectivityState.READY;
    if (connected && isNews) {
      since = nanoClock.getAsLong();
      isNews = false;
    }
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      // Whoever could not be reached has probably been restarted when it can.
      isNews = true;
      hurry();
    }
    if (connected != isReady) {
      isReady = connected;
      changed.run();
    }
    if (state != ConnectivityState.SHUTDOWN) {
      channel().notifyWhenStateChanged(state, this::connect);
    }
  }

  private void hurry() {
    if (hurrying.compareAndSet(false, true)) {
      Timers.after(LONGEST_BACKOFF, this::tryAgain);
    }
  }

  private void tryAgain() {
    hurrying.set(false);
    if (channel().getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel().resetConnectBackoff();
      hurry();
    }
  }

  /** Lets the calls that are out finish. */
  void retire() {
    connection.health().end();
    // Somebody may have picked it a moment ago and not yet begun the call.
    Timers.after(RETIREMENT, () -> channel().shutdown());
  }

  /** Cancels the calls that are out. */
  void close() {
    connection.health().end();
    channel().shutdownNow();
  }

  Connection connection() {
    return connection;
  }

  Instance instance() {
    return connection.instance();
  }

  boolean isReady() {
    return isReady;
  }

  /** When it began to take calls, on the nanosecond clock; of meaning once it is connected. */
  long since() {
    return since;
  }

  /** How many calls of all methods are out. */
  AtomicInteger inFlight() {
    return inFlight;
  }

  private ManagedChannel channel() {
    return connection.channel();
  }
}

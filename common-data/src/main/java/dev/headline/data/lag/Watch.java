package dev.headline.data.lag;

import dev.headline.rpc.transport.Timers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Asks one node again and again, each time on a virtual thread, a while after the last answer. A
 * node that hangs therefore has one question out and no more.
 */
final class Watch implements AutoCloseable {

  private final String name;
  private final WalProbe probe;
  private final Duration period;
  private final Timers.Source timers;
  private final Consumer<Reading> answered;
  private final Consumer<SQLException> failed;
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * @param name for the thread
   * @param period from an answer to the next question
   * @param answered hears each answer
   * @param failed hears that there was none
   */
  Watch(
      String name,
      WalProbe probe,
      Duration period,
      Timers.Source timers,
      Consumer<Reading> answered,
      Consumer<SQLException> failed) {
    this.name = name;
    this.probe = probe;
    this.period = period;
    this.timers = timers;
    this.answered = answered;
    this.failed = failed;
  }

  /** Begins. */
  void start() {
    Thread.ofVirtual().name("headline-lag-" + name).start(this::ask);
  }

  /** Returns once the first question is answered, or is known not to be. */
  void awaitFirst() {
    first.join();
  }

  /** Asks no more. A question that is out is let go within its patience. */
  @Override
  public void close() {
    closed = true;
  }

  private void ask() {
    try {
      if (!closed) {
        answered.accept(probe.ask());
      }
    } catch (SQLException e) {
      failed.accept(e);
    } finally {
      first.complete(null);
      again();
    }
  }

  private void again() {
    if (closed) {
      probe.close();
      return;
    }
    timers.in(period, this::start);
  }
}

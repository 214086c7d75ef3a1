package dev.headline.rpc.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Short work that is due later, on an event loop that is there anyway. */
public final class Timers {

  private Timers() {}

  /** Work that is due, and may be taken back. */
  @FunctionalInterface
  public interface Alarm extends AutoCloseable {

    /** Takes the work back, unless it has begun. */
    @Override
    void close();
  }

  /** Where alarms come from: {@link Timers#alarm}, or a test. */
  @FunctionalInterface
  public interface Source {

    /** Runs work once, after a delay, unless it is taken back before. */
    Alarm in(Duration delay, Runnable work);
  }

  /**
   * Runs work once, after a delay, unless it is taken back before.
   *
   * @param work must not block, because calls share its thread
   */
  public static Alarm alarm(Duration delay, Runnable work) {
    Future<?> due = EventLoops.timers().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> due.cancel(false);
  }

  /**
   * Runs work once, after a delay.
   *
   * @param work must not block, because calls share its thread
   */
  public static void after(Duration delay, Runnable work) {
    var _ = EventLoops.timers().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}

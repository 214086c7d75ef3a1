package dev.headline.rpc.transport;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Short work that is due later, on the one timer thread of this process, up to 10 ms late. To set a
 * timer costs next to nothing, because nobody is woken for it.
 */
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
   * @param work must not block, because all timers share its thread
   */
  public static Alarm alarm(Duration delay, Runnable work) {
    Timeout due = Wheel.SHARED.in(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    return due::cancel;
  }

  /**
   * Runs work once, after a delay.
   *
   * @param work must not block, because all timers share its thread
   */
  public static void after(Duration delay, Runnable work) {
    Wheel.SHARED.in(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The same timers, as gRPC takes them: for work that comes once. */
  public static ScheduledExecutorService scheduler() {
    return Wheel.SHARED;
  }
}

package dev.headline.rpc.transport;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Short work that is due later, on the one thread for all timers that this library and its clients'
 * calls set; gRPC's server has its own for the deadlines of the calls that it takes. To set a timer
 * costs next to nothing, because nobody is woken for it.
 */
public final class Timers {

  /** How often it is looked at what is due. */
  public static final Duration TICK = Duration.ofMillis(Wheel.TICK_MILLIS);

  /** How much later than asked for work may begin, as long as this process gets its CPU time. */
  public static final Duration LATENESS = Duration.ofMillis(Wheel.LATENESS_MILLIS);

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

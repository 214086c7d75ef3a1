package dev.headline.rpc.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Short work that is due later, on an event loop that is there anyway. */
public final class Timers {

  private Timers() {}

  /**
   * Runs work once, after a delay.
   *
   * @param work must not block, because calls share its thread
   */
  public static void after(Duration delay, Runnable work) {
    var _ = EventLoops.timers().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}

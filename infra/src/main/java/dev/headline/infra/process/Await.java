package dev.headline.infra.process;

import dev.headline.infra.InfraException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nobody announces, by looking again and again. */
public final class Await {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * Blocks until the condition holds.
   *
   * @return whether it held before the limit
   * @throws InfraException if the thread is interrupted; its flag stays set
   */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      rest();
    }
    return true;
  }

  private static void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InfraException("interrupted while waiting", interrupted);
    }
  }
}

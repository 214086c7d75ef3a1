package dev.headline.loadtest.experiment.judge;

import java.time.Duration;

/**
 * How much time an experiment may take.
 *
 * @param trials how often everything is started anew; what the JIT compiler does differs from one
 *     JVM to the next by a tenth, so one JVM shows little
 * @param window how long one measurement takes
 * @param warmWindow how long one measurement takes while it is still warming up
 * @param mostWarmWindows how many of those there are at most
 */
public record Effort(int trials, Duration window, Duration warmWindow, int mostWarmWindows) {

  /** At most four minutes. */
  public static final Effort FULL = new Effort(3, Duration.ofSeconds(4), Duration.ofSeconds(2), 15);

  /** About one minute, for a first look. */
  public static final Effort QUICK =
      new Effort(2, Duration.ofSeconds(2), Duration.ofSeconds(1), 15);

  public Effort {
    if (trials < 1 || mostWarmWindows < 2 || !window.isPositive() || !warmWindow.isPositive()) {
      throw new IllegalArgumentException(
          "An experiment needs a trial, two windows to warm up, and time, but has %d, %d, %s, %s"
              .formatted(trials, mostWarmWindows, window, warmWindow));
    }
  }
}

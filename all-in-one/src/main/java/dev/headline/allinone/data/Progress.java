package dev.headline.allinone.data;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells a person how far a load has come: at most one line a second, and one at the end. */
final class Progress {

  private static final long BETWEEN_LINES = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final PrintWriter out;
  private final LongSupplier nanoTime;

  /**
   * @param out where the lines go
   * @param nanoTime a clock that only moves forward, in nanoseconds
   */
  Progress(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  /** Begins a stage of {@code total} items. */
  Stage stage(String name, int total) {
    return new Stage(name, total);
  }

  /** One stage of a load. Safe for use by many threads. */
  final class Stage {

    private final String name;
    private final int total;
    private final long start = nanoTime.getAsLong();
    private long lastLine = start;
    private int done;

    private Stage(String name, int total) {
      this.name = name;
      this.total = total;
    }

    /** So many more are through, whether they went in or failed. */
    synchronized void advance(int items) {
      done += items;
      long now = nanoTime.getAsLong();
      if (done < total && now - lastLine < BETWEEN_LINES) {
        return;
      }
      lastLine = now;
      double seconds = (now - start) / NANOS_PER_SECOND;
      out.printf(
          "%-10s %3d %%  %,9d of %,d  %,.0f a second%n",
          name, 100L * done / total, done, total, done / Math.max(seconds, 0.001));
      out.flush();
    }
  }
}

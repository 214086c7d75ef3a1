package dev.headline.loadtest.experiment.child;

import dev.headline.loadtest.experiment.judge.ExperimentException;

/**
 * How long calls took, from when they were due.
 *
 * @param calls how many there were
 * @param errors how many of them failed
 * @param medianMicros half of the others were faster
 * @param p99Micros 99 of a hundred were faster
 */
public record Latencies(int calls, int errors, long medianMicros, long p99Micros) {

  private static final double MOST_ERRORS = 0.001;

  /** Reads what {@link #toString} wrote. */
  public static Latencies parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Latencies(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  /**
   * Returns if nearly all calls were answered: what fails early looks fast.
   *
   * @param side whose calls they are
   */
  public Latencies check(Object side) {
    if (errors > MOST_ERRORS * calls) {
      throw new ExperimentException("%s lost %d of %d calls".formatted(side, errors, calls));
    }
    return this;
  }

  @Override
  public String toString() {
    return "%d %d %d %d".formatted(calls, errors, medianMicros, p99Micros);
  }
}

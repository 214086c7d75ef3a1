package dev.headline.loadtest.experiment.page;

import dev.headline.loadtest.experiment.judge.ExperimentException;

/**
 * What became of pages that were asked for.
 *
 * @param pages how many came
 * @param errors how many did not
 */
record Tally(long pages, long errors) {

  private static final double MOST_ERRORS = 0.001;

  static Tally parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Tally(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  /** Returns if nearly all came: what fails early looks cheap. */
  void check(String side) {
    if (pages == 0 || errors > MOST_ERRORS * (pages + errors)) {
      throw new ExperimentException(
          "%s lost %d of %d pages".formatted(side, errors, pages + errors));
    }
  }

  @Override
  public String toString() {
    return pages + " " + errors;
  }
}

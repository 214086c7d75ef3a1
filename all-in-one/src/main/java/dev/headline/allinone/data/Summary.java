package dev.headline.allinone.data;

import java.io.PrintWriter;
import java.util.List;

/**
 * What a load did.
 *
 * @param outcomes of its stages, in order
 */
record Summary(List<Outcome> outcomes) {

  Summary {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether everything went in, now or earlier. */
  boolean isComplete() {
    return outcomes.stream().allMatch(outcome -> outcome.failed() == 0);
  }

  /** Prints a table for people. */
  void print(PrintWriter out) {
    out.printf("%n%-10s %9s %9s %14s %9s%n", "", "given", "created", "there already", "failed");
    for (Outcome outcome : outcomes) {
      out.printf(
          "%-10s %,9d %,9d %,14d %,9d%n",
          outcome.stage(),
          outcome.given(),
          outcome.created(),
          outcome.existing(),
          outcome.failed());
      outcome.reasons().forEach(reason -> out.printf("  %s%n", reason));
    }
    out.flush();
  }
}

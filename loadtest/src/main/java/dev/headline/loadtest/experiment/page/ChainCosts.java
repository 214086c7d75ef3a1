package dev.headline.loadtest.experiment.page;

import dev.headline.loadtest.experiment.child.Child;
import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.judge.Quantiles;
import dev.headline.loadtest.experiment.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What the chain of a client takes by itself, in several JVMs. */
public final class ChainCosts {

  private ChainCosts() {}

  /**
   * Measures calls that are answered before they are sent.
   *
   * @param mostNanos the most CPU time that was promised for one
   * @param mostBytes the most memory
   */
  public static List<Finding> measure(
      long mostNanos, long mostBytes, Effort effort, Progress progress) {
    List<ChainAlone.Cost> costs = new ArrayList<>();
    for (int trial = 1; trial <= effort.trials(); trial++) {
      long millis = effort.warmWindow().multipliedBy(3).toMillis();
      try (var child = Child.start(ChainAlone.class, Long.toString(millis))) {
        var cost = ChainAlone.Cost.parse(child.answer());
        progress.at("the chain alone: %d ns and %d bytes".formatted(cost.nanos(), cost.bytes()));
        costs.add(cost);
      }
    }
    return List.of(
        finding("CPU time of the client chain alone", "ns", mostNanos, costs, c -> c.nanos()),
        finding("memory that it allocates", "bytes", mostBytes, costs, c -> c.bytes()));
  }

  private static Finding finding(
      String claim,
      String unit,
      long most,
      List<ChainAlone.Cost> costs,
      ToLongFunction<ChainAlone.Cost> part) {
    List<Double> all = costs.stream().map(cost -> (double) part.applyAsLong(cost)).toList();
    double median = Quantiles.median(all);
    String measured =
        String.format(
            Locale.ROOT,
            "%.0f (%.0f to %.0f in %d JVMs)",
            median,
            Quantiles.of(all, 0),
            Quantiles.of(all, 1),
            all.size());
    return new Finding(
        claim,
        "≤ %,d %s".formatted(most, unit),
        measured,
        median <= most ? Verdict.PASS : Verdict.FAIL);
  }
}

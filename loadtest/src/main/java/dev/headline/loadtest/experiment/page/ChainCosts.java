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

/** What the chain of a client takes by itself, in several JVMs. */
public final class ChainCosts {

  /**
   * A machine on which grpc-java's own stub takes more than this is too slow, or too busy, for
   * nanoseconds to say much of the chain. It is twice what two shared, busy processors take.
   */
  static final long SLOW_STUB_NANOS = 150;

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
        progress.at(
            "the chain alone: %d ns and %d bytes; the stub alone: %d ns"
                .formatted(cost.nanos(), cost.bytes(), cost.bareNanos()));
        costs.add(cost);
      }
    }
    return List.of(time(costs, mostNanos), memory(costs, mostBytes));
  }

  static Finding time(List<ChainAlone.Cost> costs, long most) {
    List<Double> nanos = costs.stream().map(cost -> (double) cost.nanos()).toList();
    double bare = Quantiles.median(costs.stream().map(cost -> (double) cost.bareNanos()).toList());
    Verdict beyond = bare > SLOW_STUB_NANOS ? Verdict.INCONCLUSIVE : Verdict.FAIL;
    return finding("CPU time of the client chain alone", "ns", nanos, most, beyond);
  }

  static Finding memory(List<ChainAlone.Cost> costs, long most) {
    List<Double> bytes = costs.stream().map(cost -> (double) cost.bytes()).toList();
    return finding("memory that it allocates", "bytes", bytes, most, Verdict.FAIL);
  }

  private static Finding finding(
      String claim, String unit, List<Double> all, long most, Verdict beyond) {
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
        claim, "≤ %,d %s".formatted(most, unit), measured, median <= most ? Verdict.PASS : beyond);
  }
}

package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.judge.Quantiles;
import dev.headline.loadtest.experiment.judge.Ratios;
import dev.headline.loadtest.experiment.judge.Verdict;
import dev.headline.loadtest.experiment.slow.SlowTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much callers notice of one slow instance of three. */
final class SlowInstance implements Experiment {

  private static final double MOST_P99 = 0.2;
  private static final double MOST_EXTRA = 0.05;

  /** A p99 needs more calls than a mean. */
  private static final int WINDOWS = 2;

  @Override
  public String name() {
    return "slow-instance";
  }

  @Override
  public String purpose() {
    return "p99 with one slow instance of three: peak-EWMA, ejection and hedging ÷ round robin";
  }

  @Override
  public List<Finding> run(Effort effort, Progress progress) {
    var ours = new ArrayList<Double>();
    var others = new ArrayList<Double>();
    var extra = new ArrayList<Double>();
    int warm = 0;
    for (int number = 1; number <= effort.trials(); number++) {
      progress.at("JVMs %d of %d: warming up".formatted(number, effort.trials()));
      try (var trial = new SlowTrial()) {
        warm += trial.warmUp(effort) ? 1 : 0;
        for (boolean oursFirst : List.of(true, false)) {
          var window = effort.window().multipliedBy(WINDOWS);
          SlowTrial.Round before = oursFirst ? trial.governed(window) : trial.roundRobin(window);
          SlowTrial.Round after = oursFirst ? trial.roundRobin(window) : trial.governed(window);
          SlowTrial.Round governed = oursFirst ? before : after;
          SlowTrial.Round roundRobin = oursFirst ? after : before;
          ours.add(governed.p99Micros());
          others.add(roundRobin.p99Micros());
          extra.add(governed.extraCalls());
          progress.at(
              String.format(
                  Locale.ROOT,
                  "p99 %.1f and %.1f ms, %.1f %% extra calls",
                  governed.p99Micros() / 1_000,
                  roundRobin.p99Micros() / 1_000,
                  100 * governed.extraCalls()));
        }
      }
    }
    return List.of(
        new Ratios(ours, others).judge("p99 from when the call was due", MOST_P99),
        extraCalls(extra),
        Finding.warm(warm, effort.trials()));
  }

  private static Finding extraCalls(List<Double> extra) {
    double most = Quantiles.of(extra, 1);
    return new Finding(
        "extra calls",
        String.format(Locale.ROOT, "≤ %.0f %%", 100 * MOST_EXTRA),
        String.format(
            Locale.ROOT,
            "%.1f %% (at most %.1f in %d rounds)",
            100 * Quantiles.median(extra),
            100 * most,
            extra.size()),
        most <= MOST_EXTRA ? Verdict.PASS : Verdict.FAIL);
  }
}

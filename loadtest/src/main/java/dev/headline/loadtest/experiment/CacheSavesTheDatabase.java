package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.cache.CacheTrial;
import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.judge.Quantiles;
import dev.headline.loadtest.experiment.judge.Ratios;
import dev.headline.loadtest.experiment.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the cache spares the database, and those who wait for it. A page is one round trip either
 * way, to Redis or to Postgres: the ratio of the medians is what Postgres does in between, which
 * depends on how busy it is, and how much of its table is in memory. Here all of it is.
 */
final class CacheSavesTheDatabase implements Experiment {

  private static final double MOST_STATEMENTS = 0.05;
  private static final double MOST_P50 = 0.25;

  /** A page takes about one millisecond; with ten times that, pages wait for the processors. */
  private static final double MOST_MICROS = 10_000;

  @Override
  public String name() {
    return "cache-saves-the-database";
  }

  @Override
  public String purpose() {
    return "SQL statements and p50 of a page of 20 by Zipf's law: through the cache ÷ without it";
  }

  @Override
  public List<Finding> run(Effort effort, Progress progress) {
    var rounds = new ArrayList<CacheTrial.Rounds>();
    int warm = 0;
    for (int number = 1; number <= effort.trials(); number++) {
      progress.at("JVMs %d of %d: warming up".formatted(number, effort.trials()));
      try (var trial = new CacheTrial()) {
        warm += trial.warmUp(effort) ? 1 : 0;
        trial.compareAnswers();
        boolean oursFirst = number % 2 == 1;
        for (boolean cachedFirst : List.of(oursFirst, !oursFirst)) {
          rounds.add(trial.measure(cachedFirst, effort.window()));
          progress.at(line(rounds.getLast()));
        }
      }
    }
    List<Double> cached = rounds.stream().map(it -> it.cached().medianMicros()).toList();
    List<Double> uncached = rounds.stream().map(it -> it.uncached().medianMicros()).toList();
    return List.of(
        statements(rounds).judge("SQL statements, as the database counts them", MOST_STATEMENTS),
        new Ratios(cached, uncached)
            .judge("p50 at %d pages a second".formatted(CacheTrial.RATE), MOST_P50),
        keptUp(uncached),
        Finding.warm(warm, effort.trials()));
  }

  private static Ratios statements(List<CacheTrial.Rounds> rounds) {
    return new Ratios(
        rounds.stream().map(it -> it.cached().statements()).toList(),
        rounds.stream().map(it -> it.uncached().statements()).toList());
  }

  /** A rate that is too high for one side would show how long the measurement was. */
  private static Finding keptUp(List<Double> uncached) {
    double most = Quantiles.of(uncached, 1);
    return new Finding(
        "the database kept up with the rate",
        "≤ %.0f ms".formatted(MOST_MICROS / 1_000),
        String.format(Locale.ROOT, "%.1f ms in the slowest round", most / 1_000),
        most <= MOST_MICROS ? Verdict.PASS : Verdict.INCONCLUSIVE);
  }

  private static String line(CacheTrial.Rounds round) {
    return String.format(
        Locale.ROOT,
        "%.3f and %.3f statements a page, p50 %.2f and %.2f ms",
        round.cached().statements(),
        round.uncached().statements(),
        round.cached().medianMicros() / 1_000,
        round.uncached().medianMicros() / 1_000);
  }
}

package dev.headline.loadtest.experiment.page;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.judge.Ratios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The CPU time of a page on our side and on another, in rounds that alternate: A B B A, and B A A B
 * with the next JVMs, so that no side is always the one that comes first.
 */
public final class CpuComparison {

  /** Low, so that each step of a call wakes a thread that sleeps: the dearest case for a page. */
  private static final int FIXED_RATE = 500;

  private static final Load FIXED = new Load.Fixed(FIXED_RATE);

  /** More than the processors can serve at a time, so that none of them ever waits. */
  private static final Load SATURATED = new Load.Saturated(32);

  /** Before each measurement, so that it begins with what belongs to its own load. */
  private static final Duration SETTLE = Duration.ofMillis(300);

  private final Side other;
  private final Effort effort;
  private final Progress progress;
  private final Samples fixed = new Samples();
  private final Samples saturated = new Samples();

  private CpuComparison(Side other, Effort effort, Progress progress) {
    this.other = other;
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * Compares governance, as it is without a tracer, with grpc-java as fast as it can be.
   *
   * @param mostFixed the largest ratio that was promised at a fixed, low rate
   * @param mostSaturated the largest that was promised at as many pages as can be had
   */
  public static List<Finding> withBare(
      double mostFixed, double mostSaturated, Effort effort, Progress progress) {
    return new CpuComparison(Side.BARE, effort, progress).run(mostFixed, mostSaturated);
  }

  /** Compares the same with grpc-java as it comes; as {@link #withBare} otherwise. */
  public static List<Finding> withDefaults(
      double mostFixed, double mostSaturated, Effort effort, Progress progress) {
    return new CpuComparison(Side.DEFAULTS, effort, progress).run(mostFixed, mostSaturated);
  }

  private List<Finding> run(double mostFixed, double mostSaturated) {
    int warm = 0;
    for (int trial = 1; trial <= effort.trials(); trial++) {
      warm += runOnce(trial) ? 1 : 0;
    }
    return List.of(
        fixed.ratios().judge("CPU of a page at %d a second".formatted(FIXED_RATE), mostFixed),
        saturated.ratios().judge("CPU of a page, saturated", mostSaturated),
        Finding.warm(warm, effort.trials()));
  }

  private boolean runOnce(int trial) {
    progress.at("JVMs %d of %d: warming up".formatted(trial, effort.trials()));
    try (var ours = Contender.start(Side.GOVERNED);
        var others = Contender.start(other)) {
      boolean oursWarm = ours.warmUp(SATURATED, effort);
      boolean othersWarm = others.warmUp(SATURATED, effort);
      compareAnswers(ours, others);
      boolean oursFirst = trial % 2 == 1;
      alternate(SATURATED, saturated, ours, others, oursFirst);
      alternate(FIXED, fixed, ours, others, oursFirst);
      return oursWarm && othersWarm;
    }
  }

  private static void compareAnswers(Contender ours, Contender others) {
    String expected = others.fingerprint();
    String actual = ours.fingerprint();
    if (!expected.equals(actual)) {
      throw new ExperimentException(
          "Both sides must answer the same, but one says %s and the other %s"
              .formatted(actual, expected));
    }
  }

  private void alternate(
      Load load, Samples samples, Contender ours, Contender others, boolean oursFirst) {
    for (boolean first : List.of(oursFirst, !oursFirst)) {
      double ourCost = first ? measure(load, ours) : 0;
      double otherCost = measure(load, others);
      if (!first) {
        ourCost = measure(load, ours);
      }
      samples.add(ourCost, otherCost);
      progress.at(
          String.format(
              Locale.ROOT,
              "%s: %.0f and %.0f µs of CPU for a page, %.2f times",
              load,
              ourCost,
              otherCost,
              ourCost / otherCost));
    }
  }

  private double measure(Load load, Contender contender) {
    contender.measure(load, SETTLE);
    return contender.measure(load, effort.window());
  }

  private static final class Samples {

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();

    void add(double ourCost, double otherCost) {
      ours.add(ourCost);
      others.add(otherCost);
    }

    Ratios ratios() {
      return new Ratios(ours, others);
    }
  }
}

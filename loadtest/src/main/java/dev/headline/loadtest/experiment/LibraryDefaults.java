package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.page.CpuComparison;
import java.util.List;

/** That governance costs less than grpc-java's own defaults do. */
final class LibraryDefaults implements Experiment {

  private static final double MOST_AT_FIXED_RATE = 0.80;
  private static final double MOST_SATURATED = 0.40;

  @Override
  public String name() {
    return "library-defaults";
  }

  @Override
  public String purpose() {
    return "CPU of a page of three calls: governance, untraced ÷ grpc-java with its defaults";
  }

  @Override
  public List<Finding> run(Effort effort, Progress progress) {
    return CpuComparison.withDefaults(MOST_AT_FIXED_RATE, MOST_SATURATED, effort, progress);
  }
}

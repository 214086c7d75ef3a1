package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import dev.headline.loadtest.experiment.page.ChainCosts;
import dev.headline.loadtest.experiment.page.CpuComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What governance costs as it is without a tracer: as the ratio to grpc-java with nothing around
 * the call, and by itself.
 */
final class ChainCost implements Experiment {

  private static final double MOST_AT_FIXED_RATE = 1.20;
  private static final double MOST_SATURATED = 1.40;
  private static final long MOST_NANOS = 2_000;
  private static final long MOST_BYTES = 1_300;

  @Override
  public String name() {
    return "chain-cost";
  }

  @Override
  public String purpose() {
    return "CPU of a page of three calls: governance, untraced ÷ bare, tuned grpc-java";
  }

  @Override
  public List<Finding> run(Effort effort, Progress progress) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(CpuComparison.withBare(MOST_AT_FIXED_RATE, MOST_SATURATED, effort, progress));
    findings.addAll(ChainCosts.measure(MOST_NANOS, MOST_BYTES, effort, progress));
    return findings;
  }
}

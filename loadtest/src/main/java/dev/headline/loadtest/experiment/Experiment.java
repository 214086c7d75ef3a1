package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Progress;
import java.util.List;

/** One claim, or a few that are measured together. */
public interface Experiment {

  /** What it is called on the command line. */
  String name();

  /** What it shows, in one line. */
  String purpose();

  /**
   * Measures and judges. Starts what it needs, on loopback, and leaves nothing running.
   *
   * @param effort how long to measure
   * @param progress is told what happens
   * @throws dev.headline.loadtest.experiment.judge.ExperimentException if there is nothing to
   *     judge, because something broke
   */
  List<Finding> run(Effort effort, Progress progress);
}

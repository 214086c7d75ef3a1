package dev.headline.loadtest.experiment.judge;

/** Is told what an experiment is at. */
@FunctionalInterface
public interface Progress {

  /**
   * Takes note.
   *
   * @param step one line
   */
  void at(String step);
}

package dev.headline.loadtest.experiment.judge;

/** An experiment broke, so that there is nothing to judge. The message is written for people. */
public final class ExperimentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for the person who started the experiment
   */
  public ExperimentException(String message) {
    super(message);
  }

  /**
   * @param message a sentence for the person who started the experiment
   * @param cause what led to it
   */
  public ExperimentException(String message, Throwable cause) {
    super(message, cause);
  }
}

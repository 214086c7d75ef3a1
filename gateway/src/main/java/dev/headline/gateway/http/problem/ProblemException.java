package dev.headline.gateway.http.problem;

/**
 * Ends the work on a request that cannot be answered. It has no stack trace: it is an answer, not a
 * defect.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}

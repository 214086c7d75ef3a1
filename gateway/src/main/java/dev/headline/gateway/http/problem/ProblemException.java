package dev.headline.gateway.http.problem;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;

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

  // Read back, it would have no problem and break whoever asks for it.
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(ProblemException.class.getName());
  }
}

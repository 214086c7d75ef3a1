package dev.headline.loadtest.experiment.judge;

import java.util.Collection;
import java.util.Comparator;

/** How a claim fared, from the best to the worst. */
public enum Verdict {
  /** It held, and by more than the noise. */
  PASS(0),
  /** The noise is too large to say. */
  INCONCLUSIVE(3),
  /** It did not hold, and by more than the noise. */
  FAIL(1);

  private final int exitStatus;

  Verdict(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The exit status of a command that came to this verdict: 0 only for {@link #PASS}. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The verdict on claims that were made together; {@link #INCONCLUSIVE} if there are none. */
  public static Verdict worst(Collection<Finding> findings) {
    return findings.stream()
        .map(Finding::verdict)
        .max(Comparator.naturalOrder())
        .orElse(INCONCLUSIVE);
  }
}

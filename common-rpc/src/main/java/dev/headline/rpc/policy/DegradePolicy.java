package dev.headline.rpc.policy;

import java.time.Instant;

/** Whether a call is left out on purpose, to take load off a service or to live without it. */
public sealed interface DegradePolicy {

  /** What holds where no rule says otherwise. */
  DegradePolicy DEFAULT = new Off();

  /** Calls are made. */
  record Off() implements DegradePolicy {}

  /**
   * Calls are not made; a fallback answers, or the caller is told so.
   *
   * @param until when the switch turns itself off
   * @param reason a sentence for whoever misses the answer
   */
  record On(Instant until, String reason) implements DegradePolicy {

    public On {
      if (reason.isBlank() || reason.length() > 200) {
        throw new IllegalArgumentException("degrade.reason has 1 to 200 characters");
      }
    }
  }
}

package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * Whether a call that failed is tried again: one of an idempotent method, and of any method a call
 * that was surely not executed. All further attempts, also the hedges, are paid from one {@link
 * BudgetPolicy budget}.
 */
public sealed interface RetryPolicy {

  /** What holds where no rule says otherwise: once more. */
  RetryPolicy DEFAULT = new Backoff(1, Duration.ofMillis(10), Duration.ofMillis(100));

  /** Never again. */
  record Off() implements RetryPolicy {}

  /**
   * Again after a wait of random length below a ceiling that doubles (full jitter).
   *
   * @param retries how many further attempts a call may have; 1 to 5
   * @param first the ceiling of the first wait; 0 to 10 s
   * @param longest the ceiling that doubling ends at; {@code first} to 10 s
   */
  record Backoff(int retries, Duration first, Duration longest) implements RetryPolicy {

    private static final Duration MOST = Duration.ofSeconds(10);

    public Backoff {
      Bounds.count("retry.retries", retries, 1, 5);
      Bounds.ascending("retry", "first", first, "longest", longest, MOST);
    }
  }
}

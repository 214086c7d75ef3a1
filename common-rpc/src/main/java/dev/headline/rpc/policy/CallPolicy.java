package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * How the calls of one five-tuple are governed.
 *
 * @param timeout the most that a call may take, all of its attempts together; the caller's own
 *     deadline may allow less, never more. 1 ms to 10 min
 */
public record CallPolicy(Duration timeout) {

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofMinutes(10);

  /** What holds where no rule says otherwise. */
  public static final CallPolicy DEFAULT = new CallPolicy(Duration.ofMillis(800));

  public CallPolicy {
    if (timeout.compareTo(LEAST) < 0 || timeout.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "A call's timeout is 1 ms to 10 min, but this one is " + timeout);
    }
  }
}

package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * How many attempts of one five-tuple a client has out at a time: the "Concurrent Ctrl" of
 * Toutiao's kite.
 *
 * @param inFlight how many; 1 to 100,000
 * @param longestWait how long one more waits for its turn, within what its deadline leaves; 0 to 10
 *     s
 * @param waiting how many may wait at a time; 0 to 100,000
 */
public record LimitPolicy(int inFlight, Duration longestWait, int waiting) {

  private static final int MOST = 100_000;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What holds where no rule says otherwise. */
  public static final LimitPolicy DEFAULT = new LimitPolicy(500, Duration.ofMillis(20), 500);

  public LimitPolicy {
    Bounds.count("limit.in-flight", inFlight, 1, MOST);
    Bounds.time("limit.longest-wait", longestWait, Duration.ZERO, LONGEST);
    Bounds.count("limit.waiting", waiting, 0, MOST);
  }
}

package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * How much time a call may take, and each part of it. Every limit is a ceiling: what the request
 * has left may allow less, never more.
 *
 * @param total for the call, all of its attempts together; a server also gives as much to a call
 *     that comes without a deadline. 1 ms to 10 min
 * @param attempt for one attempt as long as another may follow; the last one has all that is left.
 *     1 ms to 10 min
 * @param connect for waiting until some instance is connected; 1 ms to 10 min
 * @param write for handing the request to the network once there is a connection; 1 ms to 10 min
 * @param read from the first byte of the reply to its last; 1 ms to 10 min
 * @param margin kept back of what the request has left, so that a caller can still answer when its
 *     callee does not; 0 to 1 s. Deadlines are kept up to 4 ms late ({@link
 *     dev.headline.rpc.transport.Timers#LATENESS}), so with less than 5 ms an answer may come too
 *     late
 */
public record TimeoutPolicy(
    Duration total,
    Duration attempt,
    Duration connect,
    Duration write,
    Duration read,
    Duration margin) {

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofMinutes(10);
  private static final Duration MOST_MARGIN = Duration.ofSeconds(1);

  /** What holds where no rule says otherwise. */
  public static final TimeoutPolicy DEFAULT =
      new TimeoutPolicy(
          Duration.ofMillis(800),
          Duration.ofMillis(120),
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofMillis(5));

  public TimeoutPolicy {
    Bounds.time("timeout.total", total, LEAST, MOST);
    Bounds.time("timeout.attempt", attempt, LEAST, MOST);
    Bounds.time("timeout.connect", connect, LEAST, MOST);
    Bounds.time("timeout.write", write, LEAST, MOST);
    Bounds.time("timeout.read", read, LEAST, MOST);
    Bounds.time("timeout.margin", margin, Duration.ZERO, MOST_MARGIN);
  }

  /** The standard limits with another one for the whole call. */
  public static TimeoutPolicy ofTotal(Duration total) {
    return DEFAULT.withTotal(total);
  }

  /** The same with another limit for the whole call. */
  public TimeoutPolicy withTotal(Duration limit) {
    return new TimeoutPolicy(limit, attempt, connect, write, read, margin);
  }

  /** The same with another limit for one attempt. */
  public TimeoutPolicy withAttempt(Duration limit) {
    return new TimeoutPolicy(total, limit, connect, write, read, margin);
  }
}

package dev.headline.rpc.server;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.headline.rpc.RpcCode;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a server bears at a time, learned from how long they take: the limit grows as
 * long as they take what they usually do, and shrinks when they take more than half as long again.
 *
 * <p>The algorithm is Gradient2 of Netflix's concurrency-limits. Unlike Vegas it does not compare
 * with the fastest request ever seen, which says nothing where one method takes a millisecond and
 * another fifty. What is usual moves over some ten minutes, so that an overload that lasts is not
 * soon taken for the ordinary state of things.
 *
 * <p>Safe for many threads; takes no lock but at the end of a window, and then waits for none.
 *
 * @see <a href="https://netflixtechblog.medium.com/performance-under-load-3e6fa9a60581">Netflix:
 *     Performance Under Load</a>
 */
final class AdaptiveLimit {

  private static final long SHORTEST_WINDOW_MILLIS = 100;
  private static final long LONGEST_WINDOW_MILLIS = 5_000;

  /** What is usual is an average over so many windows: ten minutes of the shortest ones. */
  private static final int USUAL_WINDOWS = 6_000;

  /** How far the limit may grow past what is needed, so that growth is noticed at all. */
  private static final int LEAST_HEADROOM = 4;

  private final Bounds bounds;
  private final Gradient2Limit gradient;
  private final WindowedLimit windows;

  AdaptiveLimit(Bounds bounds) {
    this.bounds = bounds;
    this.gradient =
        Gradient2Limit.newBuilder()
            .initialLimit(bounds.initial())
            .minLimit(bounds.least())
            .maxConcurrency(bounds.most())
            .longWindow(USUAL_WINDOWS)
            .queueSizeFunction(limit -> Math.max(LEAST_HEADROOM, (int) Math.sqrt(limit)))
            .build();
    this.windows =
        WindowedLimit.newBuilder()
            .minWindowTime(SHORTEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
            .maxWindowTime(LONGEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
            .build(gradient);
  }

  /** The limit that holds now. */
  int now() {
    return windows.getLimit();
  }

  /**
   * Learns from a request that has ended.
   *
   * @param start when it came, in nanoseconds, not negative
   * @param took how long it was here, in nanoseconds
   * @param inFlight how many there were when it came, itself included
   * @param outcome how it ended
   */
  void ended(long start, long took, int inFlight, RpcCode outcome) {
    switch (Ending.of(outcome)) {
      case SUCCESS -> windows.onSample(start, took, inFlight, false);
      case IGNORED -> {}
      case DROPPED -> {
        // It was cut off, so it would have taken longer. Short of what is usual, that says nothing.
        if (took > gradient.getRttNoLoad(TimeUnit.NANOSECONDS)) {
          windows.onSample(start, took, inFlight, true);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "%d, learned between %d and %d; usual latency %d µs, latest window %d µs"
        .formatted(
            now(),
            bounds.least(),
            bounds.most(),
            gradient.getRttNoLoad(TimeUnit.MICROSECONDS),
            gradient.getLastRtt(TimeUnit.MICROSECONDS));
  }

  /** Between what the limit moves, and where it begins. */
  record Bounds(int initial, int least, int most) {}
}

package dev.headline.rpc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: anything between nothing and a ceiling that doubles
 * from 100 ms to 3 s, so that all who have lost the same peer do not come back to it at once ("full
 * jitter"). It is for loops in the background. Safe for many threads if {@code random} is.
 *
 * @param random where the chance comes from
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Marc
 *     Brooker: Exponential Backoff And Jitter</a>
 */
public record Backoff(RandomGenerator random) {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /**
   * The wait before the next attempt.
   *
   * @param failures how many there were in a row, at least one
   * @throws IllegalArgumentException if there was none
   */
  public Duration delay(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("Nothing has failed, so there is nothing to wait for");
    }
    // Past ten doublings it is the longest anyway, and a shift must not overflow.
    long doubled = FIRST.toNanos() << Math.min(failures - 1, 10);
    long ceiling = Math.min(doubled, LONGEST.toNanos());
    return Duration.ofNanos(random.nextLong(ceiling + 1));
  }
}

package dev.headline.rpc.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets at most every fifth call be refused, however bad the reason is: of any number of calls in a
 * row at most 20 % and ten. Finagle's DeadlineFilter bounds itself so. Takes no lock.
 *
 * @see <a href="https://twitter.github.io/finagle/guide/Servers.html">Finagle: Request
 *     Deadlines</a>
 */
final class Allowance {

  /** How many calls pay for one refusal. */
  static final int CALLS_PER_REFUSAL = 5;

  /** How many refusals can be saved up. */
  static final int MOST_SAVED = 10;

  private static final int FULL = MOST_SAVED * CALLS_PER_REFUSAL;

  private final AtomicInteger saved = new AtomicInteger();

  /** A call has come. */
  void earn() {
    int now = saved.get();
    // One that is lost, because two come at once, only makes it stricter.
    if (now < FULL) {
      saved.compareAndSet(now, now + 1);
    }
  }

  /** Takes one refusal; false if there is none to take. */
  boolean take() {
    int now;
    do {
      now = saved.get();
      if (now < CALLS_PER_REFUSAL) {
        return false;
      }
    } while (!saved.compareAndSet(now, now - CALLS_PER_REFUSAL));
    return true;
  }
}

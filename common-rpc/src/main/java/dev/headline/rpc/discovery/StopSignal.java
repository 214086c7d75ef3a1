package dev.headline.rpc.discovery;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Tells a loop on a thread of its own to stop. Pauses end at once and requests can be cancelled,
 * without an interrupt.
 */
final class StopSignal {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile @Nullable ConsulExchange current;

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits, and tells whether to go on afterwards. */
  boolean pause(Duration duration) {
    try {
      return !stopped.await(duration.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for a request that {@link #cancel()} ends. */
  ConsulExchange.Reply await(ConsulExchange exchange) throws IOException {
    current = exchange;
    if (cancelled) {
      exchange.cancel(); // it came too late for the one who cancels to see it
    }
    return exchange.await();
  }

  /** Ends the pause. A request on its way comes to its own end. */
  void stop() {
    stopped.countDown();
  }

  /** Ends the pause and the request. */
  void cancel() {
    cancelled = true;
    stop();
    ConsulExchange exchange = current;
    if (exchange != null) {
      exchange.cancel();
    }
  }
}

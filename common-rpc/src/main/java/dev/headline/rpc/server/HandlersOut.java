package dev.headline.rpc.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the threads that a server has out for calls. gRPC counts calls, and a call is over when
 * its caller is gone or its deadline has passed; what works for it is not, and may still hold a
 * connection to a database. Safe for many threads; takes no lock.
 */
final class HandlersOut {

  private final AtomicInteger out = new AtomicInteger();
  private volatile @Nullable CountDownLatch awaited;

  /** One more is out. */
  void begin() {
    out.incrementAndGet();
  }

  /** One is back. */
  void end() {
    if (out.decrementAndGet() > 0) {
      return;
    }
    CountDownLatch waiting = awaited;
    if (waiting != null) {
      waiting.countDown();
    }
  }

  int count() {
    return out.get();
  }

  /**
   * Waits until none is out. For a server that takes no calls any more, by one thread.
   *
   * @return whether none is out
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  boolean awaitNone(Duration patience) throws InterruptedException {
    var none = new CountDownLatch(1);
    awaited = none;
    // After the latch is to be seen: whoever comes back later finds it.
    if (out.get() == 0) {
      return true;
    }
    return none.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}

package dev.headline.rpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A nanosecond clock that stands still until a test moves it. */
public final class HandClock implements LongSupplier {

  // Near the end of its range, as the system's may be.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);

  @Override
  public long getAsLong() {
    return now.get();
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}

package dev.headline.rpc.breaker;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A nanosecond clock in the shape that resilience4j wants, so that nothing is forgotten and nothing
 * stays open longer when somebody sets the clock on the wall. It begins at 1970 and tells no time
 * of day.
 */
final class NanoClock extends Clock {

  private final LongSupplier nanos;
  private final long start;

  /**
   * @param nanos only goes forward
   */
  NanoClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos.getAsLong() - start);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

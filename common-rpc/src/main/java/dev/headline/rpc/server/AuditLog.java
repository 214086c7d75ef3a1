package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that calls of one five-tuple were denied: the first at once, and then a line every
 * ten seconds at most that says how many there were. Whoever is denied cannot fill the disk, nor
 * hide the others behind their lines. Safe for many threads.
 */
final class AuditLog {

  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final CallKey key;
  private final LongSupplier nanoClock;
  private final LongAdder denied = new LongAdder();
  private final AtomicLong due;

  AuditLog(CallKey key, LongSupplier nanoClock) {
    this.key = key;
    this.nanoClock = nanoClock;
    this.due = new AtomicLong(nanoClock.getAsLong());
  }

  /** Notes that a call was denied, and by what. */
  void denied(String by) {
    denied.increment();
    long now = nanoClock.getAsLong();
    long planned = due.get();
    if (now - planned >= 0 && due.compareAndSet(planned, now + PAUSE_NANOS)) {
      log.warn("{}: {} ({} so far)", key, by, denied.sum());
    }
  }

  /** How many there were. */
  long count() {
    return denied.sum();
  }
}

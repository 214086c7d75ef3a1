package dev.headline.rpc;

import io.grpc.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a request that is being worked on. Each call to another service costs it one small
 * object, and nothing is added up until somebody asks. Safe for many threads, because a request
 * calls several services at once; takes no lock.
 */
public final class OpenLedger {

  /** How many calls are told of one by one; further ones are only counted. */
  static final int MOST_CALLS = 64;

  private final LongSupplier nanoClock;
  private final long start;
  private final long given;
  private final AtomicReference<@Nullable OpenEntry> latest = new AtomicReference<>();
  private final AtomicInteger omitted = new AtomicInteger();
  private volatile boolean wanted;

  /**
   * Opens the ledger of a request that arrives now.
   *
   * @param deadline of the request; null if it has none
   * @param wanted whether it is told even if the request does well
   * @param nanoClock such as {@link System#nanoTime()}
   */
  public OpenLedger(@Nullable Deadline deadline, boolean wanted, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.given =
        deadline == null
            ? Ledger.UNBOUNDED
            : Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    this.wanted = wanted;
  }

  /** Asks for the ledger even if the request does well, also from each service that is called. */
  public void want() {
    wanted = true;
  }

  /** Whether somebody asked for it even if the request does well. */
  public boolean isWanted() {
    return wanted;
  }

  /** Notes that a call begins. The caller closes the entry when it is over. */
  public OpenEntry begin(CallKey callee) {
    var entry = new OpenEntry(callee, nanoClock);
    OpenEntry before;
    do {
      before = latest.get();
      if (before != null && before.number >= MOST_CALLS) {
        omitted.incrementAndGet();
        return entry;
      }
      entry.follow(before);
    } while (!latest.compareAndSet(before, entry));
    return entry;
  }

  /** All that is known now, also of calls that are still out. */
  public Ledger soFar() {
    long now = nanoClock.getAsLong();
    List<OpenEntry> entries = new ArrayList<>();
    for (OpenEntry entry = latest.get(); entry != null; entry = entry.before) {
      entries.addFirst(entry);
    }
    long spent = now - start;
    return new Ledger(
        given == Ledger.UNBOUNDED ? given : micros(given),
        micros(spent),
        micros(Math.max(0, spent - callsOut(entries, now))),
        entries.stream().map(entry -> entry.soFar(now)).toList(),
        omitted.get());
  }

  /** For how long at least one call was out. The entries are in the order of their begin. */
  private static long callsOut(List<OpenEntry> entries, long now) {
    long out = 0;
    long covered = Long.MIN_VALUE;
    for (OpenEntry entry : entries) {
      // Two that begin at once may be listed the other way round, by less than it matters.
      long begin = covered == Long.MIN_VALUE ? entry.begin : Math.max(entry.begin, covered);
      long end = entry.end(now);
      if (end > begin) {
        out += end - begin;
        covered = end;
      }
    }
    return out;
  }

  static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}

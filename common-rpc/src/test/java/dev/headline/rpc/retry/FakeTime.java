package dev.headline.rpc.retry;

import dev.headline.rpc.transport.Timers;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a test moves, and alarms that go off when it passes them. A pause of the code under
 * test moves it as well: nobody waits.
 */
final class FakeTime extends Deadline.Ticker {

  private record Alarm(long due, Runnable work) {}

  private final Random random;
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::due));
  private long now = 1_000_000_000_000L;

  FakeTime(long seed) {
    this.random = new Random(seed);
  }

  /** What passes all waits at once: for code that does not hedge. */
  Clockwork skippingWaits() {
    return new Clockwork(
        this::nanoTime,
        () -> random,
        (delay, work) -> {
          advance(delay);
          work.run();
          return () -> {};
        });
  }

  /** What remembers alarms until the clock passes them. */
  Clockwork keepingAlarms() {
    return new Clockwork(this::nanoTime, () -> random, this::keep);
  }

  private synchronized Timers.Alarm keep(Duration delay, Runnable work) {
    var alarm = new Alarm(now + delay.toNanos(), work);
    alarms.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Alarm alarm) {
    alarms.remove(alarm);
  }

  synchronized int alarms() {
    return alarms.size();
  }

  void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Alarm next = due(end); next != null; next = due(end)) {
      next.work().run();
    }
    set(end);
  }

  private synchronized @Nullable Alarm due(long end) {
    Alarm next = alarms.peek();
    if (next == null || next.due() > end) {
      return null;
    }
    now = Math.max(now, next.due());
    return alarms.poll();
  }

  private synchronized void set(long time) {
    now = Math.max(now, time);
  }

  Deadline deadline(Duration after) {
    return Deadline.after(after.toNanos(), TimeUnit.NANOSECONDS, this);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }
}

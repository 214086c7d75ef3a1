package dev.headline.rpc.transport;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All timers that this library and its clients' calls set, on one thread that looks at them every
 * {@value #TICK_MILLIS} ms. Not among them are those of gRPC's server, which sets one on the event
 * loop of the transport for the deadline of each call that it takes.
 *
 * <p>* Nearly all of them are taken back before they are due, so what counts is what it costs to
 * set one: here a place in a queue, and no wake-up. A scheduler that sleeps until the next timer
 * has to be woken for each that is due before it, and so has an event loop; for a small call that
 * costs more than a whole chain. The price is that a timer is late by up to two ticks: {@value
 * #LATENESS_MILLIS} ms, less than the standard margin of {@link
 * dev.headline.rpc.policy.TimeoutPolicy}, so that a caller whose callee hangs can still say so.
 *
 * <p>What is due runs on the thread of the wheel and must not block. It lives as long as the
 * process. Work that repeats has no place here.
 *
 * @see <a href="https://doi.org/10.1145/37499.37504">Varghese, Lauck: Hashed and Hierarchical
 *     Timing Wheels</a>
 */
final class Wheel extends AbstractExecutorService implements ScheduledExecutorService {

  static final long TICK_MILLIS = 2;

  /** How late a timer may be, as long as this process gets its CPU time. */
  static final long LATENESS_MILLIS = 2 * TICK_MILLIS;

  static final Wheel SHARED = new Wheel();

  private final HashedWheelTimer timer =
      new HashedWheelTimer(
          new DefaultThreadFactory("headline-timers", true),
          TICK_MILLIS,
          TimeUnit.MILLISECONDS,
          512,
          false);

  /** For the process there is {@link #SHARED}; a test may want one to itself. */
  Wheel() {}

  /** Runs work once, after a delay. */
  Timeout in(Runnable work, long delay, TimeUnit unit) {
    return timer.newTimeout(_ -> work.run(), delay, unit);
  }

  /** How many timers are set. Those that were taken back leave with the next tick. */
  long size() {
    return timer.pendingTimeouts();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    return start(new Due<>(Executors.callable(work), delay, unit), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    return start(new Due<>(work, delay, unit), delay, unit);
  }

  private <V> Due<V> start(Due<V> due, long delay, TimeUnit unit) {
    due.leaveBy(in(due, delay, unit));
    return due;
  }

  @Override
  public void execute(Runnable work) {
    in(work, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable work, long first, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("A timer of the wheel comes once");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long first, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("A timer of the wheel comes once");
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException("The wheel is everybody's");
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException("The wheel is everybody's");
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long limit, TimeUnit unit) {
    return false;
  }

  /** Work that is due once; taken back, it leaves the wheel. */
  private static final class Due<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final long time;
    private volatile @Nullable Timeout place;

    Due(Callable<V> work, long delay, TimeUnit unit) {
      super(work);
      this.time = System.nanoTime() + unit.toNanos(delay);
    }

    void leaveBy(Timeout timeout) {
      place = timeout;
      if (isCancelled()) {
        timeout.cancel();
      }
    }

    @Override
    protected void done() {
      Timeout taken = place;
      if (taken != null && isCancelled()) {
        taken.cancel();
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(time - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}

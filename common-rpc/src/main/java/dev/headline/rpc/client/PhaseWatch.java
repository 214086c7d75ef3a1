package dev.headline.rpc.client;

import dev.headline.rpc.Phase;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends attempts that take too long to connect, to write or to read. Waiting has no limit of its
 * own: that is the attempt's deadline, which is gRPC's to keep.
 *
 * <p>There is no timer for an attempt. One timer looks at all that are out, again and again as long
 * as there are any, so that under load an attempt costs its place in a queue. The price is that a
 * limit is overrun by up to the time between two looks: a quarter of the shortest limit, from 2 to
 * 10 ms, and a tick of {@link Timers} of 2 ms, because each look is asked for just after a tick.
 * While this process gets no CPU, no time passes: between two looks no more than twice that.
 */
final class PhaseWatch {

  private static final long LONGEST_PAUSE = Duration.ofMillis(10).toNanos();

  private final TimeoutPolicy limits;
  private final long connect;
  private final long write;
  private final long read;
  private final Timers.Source timers;
  private final Duration pause;
  private final long longestLook;
  private final Queue<Attempt> out = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  PhaseWatch(TimeoutPolicy limits) {
    this(limits, Timers::alarm);
  }

  /**
   * @param timers tell when to look; up to a tick late
   */
  PhaseWatch(TimeoutPolicy limits, Timers.Source timers) {
    this.timers = timers;
    this.limits = limits;
    this.connect = limits.connect().toNanos();
    this.write = limits.write().toNanos();
    this.read = limits.read().toNanos();
    long shortest = Math.min(connect, Math.min(write, read));
    long tick = Timers.TICK.toNanos();
    this.pause = Duration.ofNanos(Math.clamp(shortest / 4, tick, LONGEST_PAUSE));
    this.longestLook = 2 * (pause.toNanos() + tick);
  }

  /** Watches an attempt until it is over. */
  void add(Attempt attempt) {
    out.add(attempt);
    lookLater();
  }

  /** Whether it has nothing to watch. */
  boolean isIdle() {
    return out.isEmpty();
  }

  /** How long a part may take. */
  Duration limit(Phase part) {
    return switch (part) {
      case CONNECT -> limits.connect();
      case WRITE -> limits.write();
      case WAIT -> limits.total();
      case READ -> limits.read();
    };
  }

  private void lookLater() {
    if (!looking.get() && looking.compareAndSet(false, true)) {
      var _ = timers.in(pause, this::look);
    }
  }

  private void look() {
    try {
      out.removeIf(this::isDone);
    } finally {
      looking.set(false);
    }
    // Asked after the flag is down, so that one that is added meanwhile is not overlooked.
    if (!out.isEmpty()) {
      lookLater();
    }
  }

  private boolean isDone(Attempt attempt) {
    if (attempt.isOver()) {
      return true;
    }
    Phase part = attempt.phase();
    if (attempt.seenIn(part, longestLook) <= most(part)) {
      return false;
    }
    attempt.giveUp(part);
    return true;
  }

  private long most(Phase part) {
    return switch (part) {
      case CONNECT -> connect;
      case WRITE -> write;
      case WAIT -> Long.MAX_VALUE;
      case READ -> read;
    };
  }
}

package dev.headline.rpc.breaker;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.words.Figures;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens when too many calls of a sliding window failed or were slow, and after a while lets a few
 * through to see whether it may close. The state machine is resilience4j's; here it gets a
 * monotonic clock and, while it probes or is closed, hears nothing of calls that began before that.
 * A call that was let in when all was well and times out while others probe is no probe.
 *
 * <p>Safe for many threads. Who was let in must {@link #leave}.
 */
public final class Breaker {

  /** Whether calls are let through. */
  public enum State {
    /** All of them. */
    CLOSED,
    /** None. */
    OPEN,
    /** A few, which decide. */
    HALF_OPEN
  }

  private final BreakerPolicy.Rates policy;
  private final LongSupplier nanoClock;
  private final CircuitBreaker machine;
  private final AtomicReference<Seen> seen;

  /** What the machine was when it was last looked at. */
  private record Seen(State state, long since, String reason) {}

  /**
   * @param nanoClock by which it tells time; only goes forward
   */
  public Breaker(BreakerPolicy.Rates policy, LongSupplier nanoClock) {
    this(policy, nanoClock, Machine.longestHalfOpen(policy));
  }

  Breaker(BreakerPolicy.Rates policy, LongSupplier nanoClock, Duration longestHalfOpen) {
    this.policy = policy;
    this.nanoClock = nanoClock;
    this.machine = Machine.of(policy, nanoClock, longestHalfOpen);
    this.seen = new AtomicReference<>(new Seen(State.CLOSED, nanoClock.getAsLong(), ""));
  }

  /**
   * Asks to be let through. Takes no lock.
   *
   * @return to be handed back to {@link #leave}; null if the call is not let through
   */
  public @Nullable Object tryEnter() {
    return machine.tryAcquirePermission() ? machine.getMetrics() : null;
  }

  /**
   * Tells how a call ended that was let through.
   *
   * @param permit what {@link #tryEnter} gave
   * @param testimony what its end says
   * @param nanos how long it took
   */
  public void leave(Object permit, Testimony testimony, long nanos) {
    // Closed and half-open, it has metrics of its own: others than the permit's mean that the state
    // has changed. Open, it keeps those of the state before, and nothing is decided by them.
    if (machine.getMetrics() != permit) {
      return;
    }
    switch (testimony) {
      case FOR -> machine.onSuccess(nanos, TimeUnit.NANOSECONDS);
      case AGAINST -> machine.onError(nanos, TimeUnit.NANOSECONDS, fault());
      case NONE -> machine.releasePermission();
    }
  }

  /** Whether calls are let through; changes from open to half-open with a call. */
  public State state() {
    return switch (machine.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
      case OPEN, FORCED_OPEN -> State.OPEN;
      case HALF_OPEN -> State.HALF_OPEN;
    };
  }

  /**
   * Tells that the state has changed since it was last asked: to one of all who ask.
   *
   * @return null if it has not, or if another has been told
   */
  public @Nullable Change change() {
    Seen before = seen.get();
    Seen now = look(before);
    return now.state() != before.state() && seen.compareAndSet(before, now)
        ? new Change(outcome(now.state()), now.reason())
        : null;
  }

  /** Why a call is not let through, in a sentence; cheap, for a breaker that is open. */
  public String refusal() {
    Seen now = seen.get();
    return now.state() == State.OPEN
        ? "The breaker is open: " + now.reason()
        : "The breaker is half-open, and as many calls as may probe are out";
  }

  /** Its state and its arithmetic. */
  public String describe() {
    Seen now = look(seen.get());
    long lasted = nanoClock.getAsLong() - now.since();
    Metrics metrics = machine.getMetrics();
    return switch (now.state()) {
      case CLOSED -> "closed: %s; %s".formatted(counted(metrics), rule());
      case OPEN ->
          "open since %s: %s; %d calls were refused; %d may probe it in %s"
              .formatted(
                  Figures.span(lasted),
                  now.reason(),
                  metrics.getNumberOfNotPermittedCalls(),
                  policy.probes(),
                  Figures.span(policy.open().toNanos() - lasted));
      case HALF_OPEN ->
          "half-open since %s: %d of %d probes have ended, %d of them failed and %d were slow"
              .formatted(
                  Figures.span(lasted),
                  metrics.getNumberOfBufferedCalls(),
                  judgedProbes(),
                  metrics.getNumberOfFailedCalls(),
                  metrics.getNumberOfSlowCalls());
    };
  }

  /** Stands for any; resilience4j wants to see a throwable, and this one has no stack. */
  private static RpcException fault() {
    return RpcException.refused(RpcCode.UNKNOWN, "A fault of the callee");
  }

  /** What it is now, whether or not anybody has been told. */
  private Seen look(Seen last) {
    State now = state();
    return last.state() == now ? last : new Seen(now, nanoClock.getAsLong(), reason(now));
  }

  private static String outcome(State state) {
    return switch (state) {
      case CLOSED -> "closed";
      case OPEN -> "opened";
      case HALF_OPEN -> "half-opened";
    };
  }

  private String reason(State state) {
    return switch (state) {
      case CLOSED -> "The probes went well, or there were too few calls to judge";
      case OPEN -> counted(machine.getMetrics());
      case HALF_OPEN ->
          "It was open for %s; %d calls may probe"
              .formatted(Figures.span(policy.open()), policy.probes());
    };
  }

  private String counted(Metrics metrics) {
    return "%s and %d were slow in the last %s"
        .formatted(
            Window.failed(metrics.getNumberOfFailedCalls(), metrics.getNumberOfBufferedCalls()),
            metrics.getNumberOfSlowCalls(),
            Figures.span(policy.window()));
  }

  private String rule() {
    return "opens when of at least %d calls %s failed or %s took longer than %s, then stays open for %s"
        .formatted(
            policy.minimumCalls(),
            Figures.percent(policy.failurePercent()),
            Figures.percent(policy.slowPercent()),
            Figures.span(policy.slowAfter()),
            Figures.span(policy.open()));
  }

  /** resilience4j never waits for more calls than the smaller of the two. */
  private int judgedProbes() {
    return Math.min(policy.minimumCalls(), policy.probes());
  }
}

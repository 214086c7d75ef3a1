package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Breaker;
import dev.headline.rpc.breaker.Change;
import dev.headline.rpc.breaker.Testimony;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.telemetry.MetricNames;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling a service for a while when the calls of the five-tuple fail or are slow, so that
 * its callers lose no time and it gets some. What speaks for and against it, {@link Testimony}
 * says. An attempt that found no instance to go to says nothing, because there was nobody to fail;
 * so instances that come back are called at once.
 *
 * <p>A refusal was not executed, and is not to be tried again: whatever would try again stands
 * above this link, and would meet the same breaker.
 */
final class ServiceBreaker implements Middleware {

  private final LongSupplier nanoClock;
  private final @Nullable Breaker breaker;

  /**
   * @param nanoClock by which calls are timed; only goes forward
   */
  ServiceBreaker(BreakerPolicy policy, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.breaker =
        switch (policy) {
          case BreakerPolicy.Off _ -> null;
          case BreakerPolicy.Rates rates -> new Breaker(rates, nanoClock);
        };
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Breaker guard = breaker;
    if (guard == null) {
      return next.invoke(call);
    }
    Object permit = guard.tryEnter();
    if (permit == null) {
      note(guard, call);
      throw refusal(guard, call);
    }
    // Not the instance of the attempt before this one.
    call.connection(null);
    return guarded(guard, permit, call, next);
  }

  private <Q, R> R guarded(Breaker guard, Object permit, Call<Q, R> call, Endpoint next) {
    long start = nanoClock.getAsLong();
    Testimony testimony = Testimony.NONE;
    try {
      note(guard, call);
      R reply = next.invoke(call);
      testimony = Testimony.FOR;
      return reply;
    } catch (RpcException e) {
      if (call.connection() != null) {
        testimony = Testimony.of(e, nanoClock.getAsLong() - start);
      }
      throw e;
    } finally {
      guard.leave(permit, testimony, nanoClock.getAsLong() - start);
      note(guard, call);
    }
  }

  private RpcException refusal(Breaker guard, Call<?, ?> call) {
    String why = guard.refusal();
    call.target().decisions().record(name(), "refused", why);
    return new RpcException(
        RpcCode.UNAVAILABLE,
        call.target().key() + " is not called. " + why,
        null,
        Execution.NOT_EXECUTED,
        Pushback.NEVER);
  }

  private void note(Breaker guard, Call<?, ?> call) {
    Change change = guard.change();
    if (change != null) {
      call.target().decisions().record(name(), change.outcome(), change.reason());
    }
  }

  /** Whether calls are let through, for a gauge; closed if the policy wants none. */
  Breaker.State state() {
    Breaker guard = breaker;
    return guard == null ? Breaker.State.CLOSED : guard.state();
  }

  @Override
  public boolean isDoneBySidecar() {
    return true;
  }

  @Override
  public List<Gauge> gauges() {
    return List.of(
        new Gauge(MetricNames.BREAKER_STATE, () -> number(state()), Gauge.Together.GREATEST));
  }

  private static int number(Breaker.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  @Override
  public String describe() {
    Breaker guard = breaker;
    return guard == null ? "off" : guard.describe();
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.client.Turnstile.Outcome;
import dev.headline.rpc.client.Turnstile.Turn;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.transport.Timers;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many attempts of the five-tuple be out at a time; one more waits for its turn, for a
 * little while and as one of a few. This is the "Concurrent Ctrl" of Toutiao's kite. Without it, a
 * callee that hangs would gather all requests of its caller.
 *
 * <p>Waiting ends with the deadline, and at once when the request is cancelled. A call that gets no
 * turn was not executed.
 */
final class ConcurrencyLimit implements Middleware {

  private final LimitPolicy policy;
  private final Turnstile turnstile;
  private final Timers.Source timers;
  private final LongSupplier nanoClock;

  /**
   * @param turnstile counts the attempts of the five-tuple for as long as it is called: those that
   *     are out when the policy changes count under the new one, too. Its limit becomes that of
   *     this policy.
   * @param timers tell when waiting has been long enough
   * @param nanoClock by which the wait is measured; only goes forward
   */
  ConcurrencyLimit(
      LimitPolicy policy, Turnstile turnstile, Timers.Source timers, LongSupplier nanoClock) {
    this.policy = policy;
    this.turnstile = turnstile;
    this.timers = timers;
    this.nanoClock = nanoClock;
    turnstile.limit(policy.inFlight());
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    if (!turnstile.tryEnter()) {
      waitForTurn(call);
    }
    try {
      return next.invoke(call);
    } finally {
      turnstile.leave();
    }
  }

  private void waitForTurn(Call<?, ?> call) {
    RequestContext request = RequestContext.current();
    if (request.isCancelled()) {
      throw request.failure().notExecuted();
    }
    Duration patience = patience(call);
    Turn turn = patience.isPositive() ? turnstile.lineUp(policy.waiting()) : null;
    if (turn == null) {
      throw refused(call, nobodyMayWait(patience));
    }
    long start = nanoClock.getAsLong();
    Outcome outcome = await(turn, request, patience);
    call.addQueued(nanoClock.getAsLong() - start);
    switch (outcome) {
      case IN -> {}
      case TIME_IS_UP -> throw refused(call, "none ended in " + patience.toMillis() + " ms");
      case CANCELLED -> throw over(call, request.failure());
    }
  }

  private Outcome await(Turn turn, RequestContext request, Duration patience) {
    try (var _ = request.onCancel(() -> turn.complete(Outcome.CANCELLED));
        var _ = timers.in(patience, () -> turn.complete(Outcome.TIME_IS_UP))) {
      return turn.join();
    } finally {
      turnstile.withdraw(turn);
    }
  }

  /** What the policy allows, or what is left until the deadline, if that is less. */
  private Duration patience(Call<?, ?> call) {
    Duration most = policy.longestWait();
    Deadline deadline = call.deadline();
    if (deadline == null) {
      return most;
    }
    long left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return left < most.toNanos() ? Duration.ofNanos(left) : most;
  }

  private String nobodyMayWait(Duration patience) {
    return patience.isPositive()
        ? "%d wait already".formatted(policy.waiting())
        : "there is no time to wait";
  }

  /** The deadline of the request came first; what used the time up was this limit. */
  private RpcException over(Call<?, ?> call, RpcException end) {
    return end.code() == RpcCode.DEADLINE_EXCEEDED
        ? refused(call, "none ended before the deadline")
        : end.notExecuted();
  }

  private RpcException refused(Call<?, ?> call, String why) {
    String reason = "As many calls are out as may be, %d, and %s".formatted(turnstile.limit(), why);
    call.target().decisions().record(name(), "refused", reason);
    return RpcException.refused(
        RpcCode.RESOURCE_EXHAUSTED, "%s: %s".formatted(call.target().key(), reason));
  }

  @Override
  public boolean isDoneBySidecar() {
    return true;
  }

  @Override
  public List<Gauge> gauges() {
    return List.of(
        new Gauge(MetricNames.CLIENT_IN_FLIGHT, turnstile::inside),
        new Gauge(MetricNames.CLIENT_LIMIT, turnstile::limit),
        new Gauge(MetricNames.CLIENT_WAITING, turnstile::waiting));
  }

  @Override
  public String describe() {
    return "%d of %d are out; %d of %d wait, for %d ms at most"
        .formatted(
            turnstile.inside(),
            turnstile.limit(),
            turnstile.waiting(),
            policy.waiting(),
            policy.longestWait().toMillis());
  }
}

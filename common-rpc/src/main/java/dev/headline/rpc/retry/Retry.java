package dev.headline.rpc.retry;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.telemetry.MetricNames;
import java.util.List;

/**
 * Sends a call again when that may help: after a fault, and beside an attempt that is slow. Both
 * are paid from one {@linkplain dev.headline.rpc.policy.BudgetPolicy budget}, and both end where
 * the call's deadline does.
 *
 * <p>Only calls of methods that are idempotent by their contract are; any other call only when a
 * refusal says that nothing was executed. A request that an earlier hop has sent again already is
 * not sent again here, because attempts upon attempts multiply.
 *
 * <p>When the request is cancelled, every attempt and every wait for one ends at once.
 *
 * @see <a href="https://research.google/pubs/the-tail-at-scale/">Dean, Barroso: The Tail at
 *     Scale</a>
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Marc
 *     Brooker: Exponential Backoff And Jitter</a>
 */
public final class Retry implements Middleware {

  static final String NAME = "Retry";

  private final Rules rules;

  Retry(Rules rules) {
    this.rules = rules;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    if (!rules.sendAgain()) {
      return next.invoke(call);
    }
    rules.deposit();
    return new Attempts<>(rules, call, next).run();
  }

  /** How many further attempts could be paid now. */
  public double budget() {
    return rules.budget().balance();
  }

  @Override
  public List<Gauge> gauges() {
    return List.of(new Gauge(MetricNames.RETRY_BUDGET, this::budget));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isDoneBySidecar() {
    return true;
  }

  @Override
  public String describe() {
    return rules.describe();
  }
}

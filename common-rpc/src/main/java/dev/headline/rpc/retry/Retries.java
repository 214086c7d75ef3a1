package dev.headline.rpc.retry;

import dev.headline.rpc.Tried;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.Kept;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Retry} links of one five-tuple, and keeps what outlives one of them: a new
 * policy for something else neither fills the budget nor forgets how long attempts take. Not safe
 * for many threads.
 */
public final class Retries {

  private final boolean idempotent;
  private final IntSupplier connected;
  private final Predicate<Tried> others;
  private final Clockwork clockwork;
  private final Kept<BudgetPolicy, RetryBudget> budget;
  private final Kept<HedgePolicy, LatencyWindow> latencies;
  private final Kept<HedgePolicy, RetryBudget> extra;
  private final Patience patience;

  /**
   * @param idempotent whether a call may be sent again although it may have been executed
   * @param connected how many instances are connected now; asked at each call
   * @param others whether an instance is left that is fit for calls and has not been tried; asked
   *     before each hedge
   */
  public Retries(boolean idempotent, IntSupplier connected, Predicate<Tried> others) {
    this(idempotent, connected, others, Clockwork.REAL);
  }

  Retries(boolean idempotent, IntSupplier connected, Predicate<Tried> others, Clockwork clockwork) {
    this.idempotent = idempotent;
    this.connected = connected;
    this.others = others;
    this.clockwork = clockwork;
    this.budget = new Kept<>(policy -> new RetryBudget(policy, clockwork.nanoClock()));
    this.latencies = new Kept<>(policy -> window(policy, clockwork.now()));
    this.patience = new Patience(clockwork);
    this.extra = new Kept<>(policy -> extra(policy, clockwork.nanoClock()));
  }

  /** The link that such a policy wants. */
  public Retry under(CallPolicy policy) {
    RetryBudget purse = budget.under(policy.budget());
    LatencyWindow window = latencies.under(policy.hedge());
    return new Retry(
        new Rules(
            idempotent,
            policy.retry(),
            policy.timeout(),
            hedging(policy.hedge(), window, purse),
            purse,
            window,
            connected,
            clockwork));
  }

  private @Nullable Hedging hedging(HedgePolicy policy, LatencyWindow window, RetryBudget purse) {
    return switch (policy) {
      case HedgePolicy.AtPercentile some when idempotent ->
          new Hedging(some, window, connected, others, purse, extra.under(policy), patience);
      case HedgePolicy.AtPercentile _, HedgePolicy.Off _ -> null;
    };
  }

  private static LatencyWindow window(HedgePolicy policy, long now) {
    return switch (policy) {
      case HedgePolicy.AtPercentile some -> new LatencyWindow(some.percentile(), now);
      case HedgePolicy.Off _ -> new LatencyWindow(50, now);
    };
  }

  private static RetryBudget extra(HedgePolicy policy, LongSupplier nanoClock) {
    double percent =
        switch (policy) {
          case HedgePolicy.AtPercentile some -> some.extraPercent();
          case HedgePolicy.Off _ -> 0;
        };
    return new RetryBudget(new BudgetPolicy(percent, 0), nanoClock);
  }
}

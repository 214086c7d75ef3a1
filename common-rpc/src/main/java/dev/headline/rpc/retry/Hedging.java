package dev.headline.rpc.retry;

import dev.headline.rpc.Tried;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.words.Figures;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a second attempt is sent beside one that is slow: once that has taken longer than most
 * lately did, if there is another instance to ask, and as long as such attempts stay few. Safe for
 * many threads.
 */
final class Hedging {

  /** The delay where there is no second attempt. */
  static final long NEVER = -1;

  private final HedgePolicy.AtPercentile policy;
  private final LatencyWindow latencies;
  private final IntSupplier connected;
  private final Predicate<Tried> others;
  private final RetryBudget budget;
  private final RetryBudget extra;
  private final Patience patience;

  /**
   * @param connected how many instances are connected now
   * @param others whether one is left that is fit for calls and has not been tried
   * @param budget pays for all further attempts
   * @param extra pays for hedges as well, and for nothing else
   * @param patience tells attempts that they have taken too long
   */
  Hedging(
      HedgePolicy.AtPercentile policy,
      LatencyWindow latencies,
      IntSupplier connected,
      Predicate<Tried> others,
      RetryBudget budget,
      RetryBudget extra,
      Patience patience) {
    this.policy = policy;
    this.latencies = latencies;
    this.connected = connected;
    this.others = others;
    this.budget = budget;
    this.extra = extra;
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  /** Notes a first attempt: each allows for a fraction of a second one. */
  void deposit() {
    extra.deposit();
  }

  /**
   * How long an attempt may take before a second one is sent, in nanoseconds; {@link #NEVER} if
   * none could be sent now.
   *
   * @param now when it begins
   */
  long delay(long now) {
    long tail = latencies.tail(now);
    if (tail == LatencyWindow.UNKNOWN
        || !extra.hasToken()
        || !budget.hasToken()
        || connected.getAsInt() < 2) {
      return NEVER;
    }
    return Math.clamp(tail, policy.shortest().toNanos(), policy.longest().toNanos());
  }

  /**
   * Pays for a second attempt.
   *
   * @param tried where attempts of the call have gone
   * @return why there can be none; null if it is paid
   */
  @Nullable String pay(Tried tried) {
    if (!others.test(tried)) {
      return "No instance is left that is fit for calls and has not been tried";
    }
    if (!extra.withdraw()) {
      return "There were enough hedges for the calls there were";
    }
    if (!budget.withdraw()) {
      extra.giveBack();
      return "The budget for further attempts is spent";
    }
    return null;
  }

  /** Gives back what was paid for an attempt that is not made after all. */
  void giveBack() {
    extra.giveBack();
    budget.giveBack();
  }

  /** What it does and how it stands, in words. */
  String describe(long now) {
    long tail = latencies.tail(now);
    String live =
        tail == LatencyWindow.UNKNOWN
            ? "not known yet, so none is sent"
            : "now " + Figures.millis(tail);
    return "a second one beside an attempt that takes longer than %s %% did (%s; %s to %s), paid from %s"
        .formatted(
            policy.percentile(),
            live,
            Figures.millis(policy.shortest()),
            Figures.millis(policy.longest()),
            extra);
  }
}

package dev.headline.rpc.policy;

/**
 * What further attempts may cost: a share of the first attempts, and a few a second for those who
 * call rarely. The idea is Finagle's retry budget.
 *
 * @param percent further attempts for each hundred first ones; 0 to 100
 * @param perSecond further attempts a second that are free; 0 to 1,000
 */
public record BudgetPolicy(double percent, double perSecond) {

  /** What holds where no rule says otherwise. */
  public static final BudgetPolicy DEFAULT = new BudgetPolicy(10, 3);

  public BudgetPolicy {
    Bounds.number("budget.percent", percent, 0, 100);
    Bounds.number("budget.per-second", perSecond, 0, 1_000);
  }
}

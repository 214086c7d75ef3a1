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
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("budget.percent is 0 to 100, but this one is " + percent);
    }
    if (!(perSecond >= 0 && perSecond <= 1_000)) {
      throw new IllegalArgumentException(
          "budget.per-second is 0 to 1000, but this one is " + perSecond);
    }
  }
}

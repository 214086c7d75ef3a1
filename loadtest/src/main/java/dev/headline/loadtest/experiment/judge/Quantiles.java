package dev.headline.loadtest.experiment.judge;

import java.util.Collection;

/** Quantiles of a few numbers, interpolated between neighbours. */
public final class Quantiles {

  private Quantiles() {}

  /** The number in the middle, or the mean of the two in the middle. */
  public static double median(Collection<Double> numbers) {
    return of(numbers, 0.5);
  }

  /**
   * The number below which a share of the others lies.
   *
   * @param numbers at least one, in any order
   * @param share 0 for the smallest to 1 for the largest
   */
  public static double of(Collection<Double> numbers, double share) {
    if (numbers.isEmpty() || share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "There is no %s quantile of %d numbers".formatted(share, numbers.size()));
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}

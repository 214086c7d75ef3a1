package dev.headline.loadtest.experiment.judge;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What two sides measured in the same rounds, as the ratio of ours to the other's. Noise that comes
 * and goes with the machine meets both sides of a round, so it is the ratio that repeats.
 *
 * @param ours one measurement for each round
 * @param others the other side's, in the same order
 */
public record Ratios(List<Double> ours, List<Double> others) {

  public Ratios {
    ours = List.copyOf(ours);
    others = List.copyOf(others);
    if (ours.isEmpty() || ours.size() != others.size()) {
      throw new IllegalArgumentException(
          "Both sides measure in each round, but there are %d and %d measurements"
              .formatted(ours.size(), others.size()));
    }
    if (others.stream().anyMatch(other -> other <= 0)) {
      throw new IllegalArgumentException("There is no ratio to nothing: " + others);
    }
  }

  /** The median of ours divided by the median of the other's. */
  public double ofMedians() {
    return Quantiles.median(ours) / Quantiles.median(others);
  }

  /** The ratio of each round. */
  public List<Double> perRound() {
    return IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / others.get(i)).toList();
  }

  /**
   * Whether ours costs at most {@code bound} times what the other does. It does not suffice that
   * the median is on the right side: three quarters of the rounds have to agree with it.
   */
  public Verdict atMost(double bound) {
    List<Double> rounds = perRound();
    if (ofMedians() <= bound && Quantiles.of(rounds, 0.75) <= bound) {
      return Verdict.PASS;
    }
    if (ofMedians() > bound && Quantiles.of(rounds, 0.25) > bound) {
      return Verdict.FAIL;
    }
    return Verdict.INCONCLUSIVE;
  }

  /**
   * A finding about this ratio.
   *
   * @param claim what is claimed
   * @param bound the largest ratio that was promised
   */
  public Finding judge(String claim, double bound) {
    return new Finding(claim, "≤ %.2f".formatted(bound), toString(), atMost(bound));
  }

  /** The ratio of the medians, and the smallest and the largest of a round. */
  @Override
  public String toString() {
    List<Double> rounds = perRound();
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f in %d rounds)",
        ofMedians(),
        Quantiles.of(rounds, 0),
        Quantiles.of(rounds, 1),
        rounds.size());
  }
}

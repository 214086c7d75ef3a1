package dev.headline.loadtest.experiment.judge;

/**
 * One claim, judged.
 *
 * @param claim what is claimed, in a few words
 * @param bound what was promised, such as {@code ≤ 1.20}
 * @param measured what came out, with its spread
 * @param verdict whether the claim held
 */
public record Finding(String claim, String bound, String measured, Verdict verdict) {

  /**
   * That both sides were warm when they were measured, without which the other findings say little.
   *
   * @param times how often they were
   * @param trials how often they were measured
   */
  public static Finding warm(int times, int trials) {
    return new Finding(
        "both sides were warm",
        "within 5 %",
        "%d times of %d".formatted(times, trials),
        times == trials ? Verdict.PASS : Verdict.INCONCLUSIVE);
  }
}

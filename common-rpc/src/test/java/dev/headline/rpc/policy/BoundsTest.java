package dev.headline.rpc.policy;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is beyond a bound is refused by a sentence that somebody can act on. */
class BoundsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final double ALL = 100;

  @Test
  void boundsAreAllowedThemselves() {
    var _ = new LimitPolicy(1, Duration.ZERO, 0);
    var _ = new LimitPolicy(100_000, Duration.ofSeconds(10), 100_000);
    var _ = new BudgetPolicy(0, 1_000);
    var _ = new HedgePolicy.AtPercentile(99.9, SECOND, SECOND, 50);
  }

  @Test
  void aRefusalNamesTheSettingItsBoundsAndTheValue() {
    refused("limit.in-flight is 1 to 100000, but this one is 0", () -> limit(0, SECOND));
    refused("limit.longest-wait is 0 to 10 s, but this one is PT24H", () -> limit(1, DAY));
    refused("budget.percent is 0 to 100, but this one is -1.0", () -> new BudgetPolicy(-1, 0));
    refused(
        "balance.decay is 100 ms to 10 min, but this one is PT24H",
        () -> new BalancePolicy.PeakEwma(DAY));
    refused(
        "ejection.failure-percent is above 0 and up to 100, but this one is 0.0",
        () -> ejection(0, SECOND));
    refused("ejection.window is 1 s to 5 min, but this one is PT24H", () -> ejection(ALL, DAY));
  }

  @Test
  void whatIsCountedInSecondsHasNoPartOfOne() {
    refused(
        "ejection.window is counted in whole seconds, but this one is PT1.5S",
        () -> ejection(ALL, Duration.ofMillis(1_500)));
  }

  @Test
  void ofTwoTimesTheFirstIsNotAboveTheSecond() {
    refused(
        "retry.first and retry.longest are 0 to 10 s, the first not above the longest, but these are"
            + " PT1S and PT0S",
        () -> new RetryPolicy.Backoff(1, SECOND, Duration.ZERO));
    refused(
        "hedge.shortest and hedge.longest are 0 to 10 min, the shortest not above the longest, but"
            + " these are PT0S and PT24H",
        () -> new HedgePolicy.AtPercentile(95, Duration.ZERO, DAY, 5));
  }

  @Test
  void whatIsNotANumberIsRefused() {
    refused(
        "budget.percent is 0 to 100, but this one is NaN", () -> new BudgetPolicy(Double.NaN, 0));
    refused(
        "ejection.failure-percent is above 0 and up to 100, but this one is NaN",
        () -> ejection(Double.NaN, SECOND));
  }

  private static void limit(int inFlight, Duration longestWait) {
    var _ = new LimitPolicy(inFlight, longestWait, 0);
  }

  private static void ejection(double failurePercent, Duration window) {
    var _ = new EjectionPolicy.Rates(failurePercent, 10, 5, window, SECOND, 50);
  }

  private static void refused(String sentence, ThrowingCallable making) {
    assertThatIllegalArgumentException().isThrownBy(making).withMessage(sentence);
  }
}

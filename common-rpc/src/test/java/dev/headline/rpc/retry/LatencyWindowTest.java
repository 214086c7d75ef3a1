package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyWindowTest {

  private static final long START = -Duration.ofSeconds(3).toNanos();
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @ValueSource(doubles = {50, 90, 95, 99, 99.9})
  void aPercentileIsAtMostAnEighthAboveTheTrueOne(double percentile) {
    var window = new LatencyWindow(percentile, START);
    var random = new Random(7);
    long[] taken = new long[10_000];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = (long) Math.exp(7.5 + random.nextDouble(15));
      window.record(taken[i], START + i * MILLI / 2);
    }
    window.record(taken[0], START + 5_000 * MILLI + 30 * MILLI);
    Arrays.sort(taken);
    long exact = taken[(int) Math.ceil(taken.length * percentile / 100) - 1];

    assertThat(window.tail(START + 5_030 * MILLI))
        .isBetween((long) (exact * 0.99), (long) (exact * 1.135));
  }

  @Test
  void nothingIsSaidOfAFewSamples() {
    var window = new LatencyWindow(95, START);
    for (int i = 1; i < LatencyWindow.LEAST_SAMPLES; i++) {
      window.record(MILLI, START + i * 30L * MILLI);
    }
    long now = START + LatencyWindow.LEAST_SAMPLES * 30 * MILLI;
    assertThat(window.median(now)).isEqualTo(LatencyWindow.UNKNOWN);

    window.record(MILLI, now);
    assertThat(window.median(now)).isBetween(MILLI, MILLI * 9 / 8);
    assertThat(window.tail(now)).isEqualTo(window.median(now));
  }

  @Test
  void whatWasSlowIsForgottenAfterTwentySeconds() {
    var window = new LatencyWindow(95, START);
    long now = START;
    for (int i = 0; i < 200; i++) {
      window.record(500 * MILLI, now += 25 * MILLI);
    }
    assertThat(window.median(now)).isGreaterThanOrEqualTo(500 * MILLI);

    for (int i = 0; i < 800; i++) {
      window.record(5 * MILLI, now += 25 * MILLI);
    }
    assertThat(window.tail(now)).isBetween(5 * MILLI, 6 * MILLI);
  }

  @Test
  void afterALongPauseNothingIsKnown() {
    var window = new LatencyWindow(95, START);
    for (int i = 0; i < 200; i++) {
      window.record(MILLI, START + i * 25L * MILLI);
    }
    long later = START + Duration.ofSeconds(30).toNanos();
    window.record(MILLI, later);

    assertThat(window.median(later)).isEqualTo(LatencyWindow.UNKNOWN);
  }

  @Test
  void whereNobodyIsAnsweredAnyMoreWhatIsKnownIsForgottenBetweenTenAndTwentySecondsLater() {
    var window = new LatencyWindow(95, START);
    for (int i = 0; i <= 200; i++) {
      window.record(MILLI, START + i * 25L * MILLI);
    }
    long end = START + Duration.ofSeconds(20).toNanos();
    assertThat(window.tail(end - 1)).isBetween(MILLI, MILLI * 9 / 8);

    assertThat(window.tail(end)).isEqualTo(LatencyWindow.UNKNOWN);
    assertThat(window.median(end)).isEqualTo(LatencyWindow.UNKNOWN);
  }

  @Test
  void oneAttemptNowAndThenKeepsNothingOldAlive() {
    var window = new LatencyWindow(95, START);
    for (int i = 0; i <= 200; i++) {
      window.record(MILLI, START + i * 25L * MILLI);
    }
    window.record(MILLI, START + Duration.ofSeconds(19).toNanos());

    assertThat(window.median(START + Duration.ofSeconds(20).toNanos()))
        .isEqualTo(LatencyWindow.UNKNOWN);
  }

  @Test
  void timesOutsideOfAllBucketsCountAsTheirEnds() {
    assertThat(Buckets.indexOf(-1)).isZero();
    assertThat(Buckets.indexOf(0)).isZero();
    assertThat(Buckets.indexOf(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
  }
}

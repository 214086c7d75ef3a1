package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final Offset<Double> CLOSE = within(0.01 * MILLI);

  private final Load load = new Load(new AtomicInteger(), Duration.ofSeconds(10));

  private void answer(long elapsed, long now) {
    load.begin();
    load.answered(elapsed, now);
  }

  @Test
  void theAverageRisesAtOnceToAPeak() {
    answer(5 * MILLI, 0);
    answer(80 * MILLI, SECOND);

    assertThat(load.latency(SECOND)).isCloseTo(80.0 * MILLI, CLOSE);
  }

  @Test
  void theAverageFallsToWhatAnswersTakeOverTheDecay() {
    answer(80 * MILLI, 0);
    for (long now = 0; now <= 10 * SECOND; now += 10 * MILLI) {
      answer(5 * MILLI, now);
    }

    double expected = (5 + 75 / Math.E) * MILLI;
    assertThat(load.latency(10 * SECOND)).isCloseTo(expected, Percentage.withPercentage(2));
  }

  @Test
  void withoutAnswersTheAverageFallsTowardsNothing() {
    answer(80 * MILLI, 0);

    assertThat(load.latency(10 * SECOND))
        .isCloseTo(80 * MILLI / Math.E, Percentage.withPercentage(1));
    assertThat(load.latency(600 * SECOND)).isLessThan(1);
  }

  @Test
  void aQuickFailureCountsAsASlowAnswer() {
    answer(5 * MILLI, 0);
    load.begin();
    load.failed(MILLI / 100, 0);

    assertThat(load.latency(0)).isCloseTo(20.0 * MILLI, CLOSE);
  }

  @Test
  void quickFailuresInARowSoonCountAsVerySlowButNotEndlesslySo() {
    for (int i = 0; i < 20; i++) {
      load.begin();
      load.failed(MILLI / 100, 0);
    }

    assertThat(load.latency(0)).isCloseTo(2.0 * SECOND, CLOSE);
  }

  @Test
  void aCallThatWasCancelledEarlySaysNothing() {
    answer(50 * MILLI, 0);
    for (long now = 0; now < SECOND; now += MILLI) {
      load.begin();
      load.cancelled(2 * MILLI, now);
    }

    assertThat(load.latency(0)).isCloseTo(50.0 * MILLI, CLOSE);
  }

  @Test
  void aCallThatWasCancelledLateTookThatLongAtLeast() {
    answer(5 * MILLI, 0);
    load.begin();
    load.cancelled(300 * MILLI, 0);

    assertThat(load.latency(0)).isCloseTo(300.0 * MILLI, Percentage.withPercentage(0.01));
  }

  @Test
  void aClockReadingFromAMomentBeforeDoesNoHarm() {
    answer(5 * MILLI, 2 * SECOND);
    answer(5 * MILLI, SECOND);

    assertThat(load.latency(SECOND)).isCloseTo(5.0 * MILLI, CLOSE);
  }

  @Test
  void whenAllCallsOfManyThreadsHaveEndedNoneIsInFlight() {
    IntStream.range(0, 100_000)
        .parallel()
        .forEach(
            i -> {
              load.begin();
              switch (i % 3) {
                case 0 -> load.answered(5 * MILLI, i);
                case 1 -> load.failed(5 * MILLI, i);
                default -> load.cancelled(5 * MILLI, i);
              }
            });

    assertThat(load.inFlight()).isZero();
    assertThat(load.latency(0)).isBetween(5.0 * MILLI, 2.1 * SECOND);
  }

  @Test
  void aLatencyThatIsForgottenAtOnceIsRefused() {
    assertThatThrownBy(() -> new Load(new AtomicInteger(), Duration.ZERO))
        .hasMessageContaining("PT0S");
  }
}

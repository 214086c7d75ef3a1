package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void theLongestWaitDoublesWithEachFailureUpToThreeSeconds() {
    Backoff unlucky = new Backoff(new Highest());

    assertThat(IntStream.rangeClosed(1, 7).mapToObj(unlucky::delay).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_000L, 3_000L);
    assertThat(unlucky.delay(Integer.MAX_VALUE)).hasMillis(3_000);
  }

  @Test
  void chanceFillsAllOfAWaitAndNoMore() {
    Backoff backoff = new Backoff(new Random(1));

    assertThat(IntStream.range(0, 1_000).mapToObj(_ -> backoff.delay(3).toMillis()))
        .allSatisfy(millis -> assertThat(millis).isBetween(0L, 400L))
        .anySatisfy(millis -> assertThat(millis).isLessThan(40))
        .anySatisfy(millis -> assertThat(millis).isGreaterThan(360));
  }

  @Test
  void thereIsNoWaitWithoutAFailure() {
    Backoff backoff = new Backoff(new Random(1));

    assertThatThrownBy(() -> backoff.delay(0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Draws the highest number that was asked for. */
  private record Highest() implements RandomGenerator {

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("Only a bound is asked for");
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}

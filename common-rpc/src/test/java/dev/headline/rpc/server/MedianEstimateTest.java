package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MedianEstimateTest {

  private final MedianEstimate estimate = new MedianEstimate();

  @Test
  void itComesCloseToTheMedianOfALongTail() {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      // Half are below 10 ms, and a tenth take a hundred times as long.
      estimate.add(random.nextInt(10) == 0 ? 1_000_000_000 : random.nextInt(18_000_000));
    }

    assertThat(estimate.nanos()).isBetween(6_000_000L, 14_000_000L);
  }

  @Test
  void itFollowsAChange() {
    for (int i = 0; i < 1_000; i++) {
      estimate.add(10_000_000);
    }
    for (int i = 0; i < 200; i++) {
      estimate.add(1_000_000);
    }

    assertThat(estimate.nanos()).isBetween(900_000L, 1_100_000L);
  }

  @Test
  void thereIsNoneBeforeThereAreEnoughSamples() {
    for (int i = 0; i < MedianEstimate.FEWEST_SAMPLES; i++) {
      assertThat(estimate.nanos()).isEqualTo(0);
      estimate.add(5);
    }

    assertThat(estimate.nanos()).isPositive();
  }
}

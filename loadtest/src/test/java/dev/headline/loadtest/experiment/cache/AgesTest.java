package dev.headline.loadtest.experiment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headline.data.cache.CachePolicy.Lifetimes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AgesTest {

  private static final long STALE = 60;
  private static final long VALUE = 300;

  private final Ages ages = new Ages(Lifetimes.DEFAULT, new Random(1));

  @Test
  void valuesThatAreAskedForAllTheTimeHaveAllAgesUpToTheEndOfTheirFreshness() {
    Map<Long, Long> left = secondsLeft(1_000_000);
    assertThat(left).hasSize(Contents.COUNT);
    assertThat(left.values()).allMatch(seconds -> seconds > STALE && seconds <= VALUE);
    double mean = left.values().stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat(mean).isCloseTo((STALE + VALUE) / 2.0, within(3.0));
  }

  @Test
  void ofValuesThatAreSeldomAskedForSomeAreStaleAndSomeAreGone() {
    Map<Long, Long> left = secondsLeft(100);
    assertThat(left).hasSizeLessThan(Contents.COUNT);
    assertThat(left.values()).anyMatch(seconds -> seconds <= STALE);
  }

  @Test
  void aValueThatLivesNoLongerThanTheStaleOnesIsStale() {
    assertThat(ages.with(Duration.ofSeconds(100)).fresh()).isEqualTo(Duration.ofSeconds(40));
    assertThat(ages.with(Duration.ofSeconds(60)).fresh()).isEqualTo(Duration.ofMillis(1));
  }

  private Map<Long, Long> secondsLeft(int pagesPerSecond) {
    Map<Long, Long> left = new HashMap<>();
    for (Map.Entry<Duration, List<Long>> each : ages.left(pagesPerSecond).entrySet()) {
      each.getValue().forEach(id -> left.put(id, each.getKey().toSeconds()));
    }
    return left;
  }
}

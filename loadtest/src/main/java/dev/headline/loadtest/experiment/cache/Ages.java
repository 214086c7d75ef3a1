package dev.headline.loadtest.experiment.cache;

import dev.headline.data.cache.CachePolicy.Lifetimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How long the values in a cache still live if it has run for a long time. One that was filled a
 * moment ago has nothing to load anew for minutes, which would flatter it.
 *
 * <p>A value is loaded, is fresh for a while, and is then loaded anew by who asks for it next. So
 * what passes from one load to the next is the time it is fresh, and the wait for a reader, which
 * is exponential. At any moment it is anywhere between the two with equal probability.
 */
final class Ages {

  private final Lifetimes lifetimes;
  private final Random random;

  Ages(Lifetimes lifetimes, Random random) {
    this.lifetimes = lifetimes;
    this.random = random;
  }

  /**
   * Which ids are to be filled with which lifetimes, in whole seconds; an id that has expired
   * meanwhile is missing.
   *
   * @param pagesPerSecond how many pages are asked for
   */
  Map<Duration, List<Long>> left(int pagesPerSecond) {
    double harmonic = 0;
    for (int id = 1; id <= Contents.COUNT; id++) {
      harmonic += 1.0 / id;
    }
    Map<Duration, List<Long>> byLeft = new TreeMap<>();
    for (long id = 1; id <= Contents.COUNT; id++) {
      double askedPerSecond = pagesPerSecond * Pages.SIZE / (id * harmonic);
      Duration left = lifetimes.value().minus(age(askedPerSecond));
      if (left.isPositive()) {
        byLeft.computeIfAbsent(left, _ -> new ArrayList<>()).add(id);
      }
    }
    return byLeft;
  }

  private Duration age(double askedPerSecond) {
    double wait = -Math.log(1 - random.nextDouble()) / askedPerSecond;
    double fresh = lifetimes.fresh().toSeconds();
    return Duration.ofSeconds((long) (random.nextDouble() * (fresh + wait)));
  }

  /** The lifetimes of a value that lives for so long still. */
  Lifetimes with(Duration left) {
    Duration stale = lifetimes.value().minus(lifetimes.fresh());
    Duration fresh = left.minus(stale);
    return new Lifetimes(
        left,
        fresh.isPositive() ? fresh : Duration.ofMillis(1),
        lifetimes.absence(),
        lifetimes.fence());
  }
}

package dev.headline.rpc.retry;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long attempts of one five-tuple took in the last ten to twenty seconds: their median, and one
 * high percentile. Both are upper bounds of what they stand for, by at most an eighth. What is
 * older than twenty seconds counts for nothing, whether or not anything was counted since: what was
 * usual then says nothing of a callee that has answered nobody since.
 *
 * <p>Samples are counted in buckets whose width grows with the value, in two generations that
 * follow each other every ten seconds; the percentiles are added up at most every 20 ms, and when a
 * generation is over, so that a call reads two numbers. Safe for many threads; takes no lock.
 */
final class LatencyWindow {

  /** With fewer samples nothing is said, because chance would say it. */
  static final int LEAST_SAMPLES = 50;

  /** What is said of a percentile that is not known. */
  static final long UNKNOWN = 0;

  private static final long GENERATION = 10_000_000_000L;
  private static final long REFRESH = 20_000_000L;

  private final double percentile;
  private final AtomicReference<Generations> generations;
  private final AtomicLong refreshed;
  private volatile Summary summary;

  /**
   * @param percentile which one {@link #tail} is; 50 to 99.9
   * @param now by the clock that all times here are of, {@link System#nanoTime()} or one like it
   */
  LatencyWindow(double percentile, long now) {
    this.percentile = percentile;
    this.generations = new AtomicReference<>(new Generations(now, counts(), counts()));
    this.refreshed = new AtomicLong(now - REFRESH);
    this.summary = new Summary(now + GENERATION, UNKNOWN, UNKNOWN);
  }

  /**
   * Counts one attempt.
   *
   * @param nanos how long it took
   * @param now when it ended
   */
  void record(long nanos, long now) {
    generation(now).counts().getAndIncrement(Buckets.indexOf(nanos));
    long last = refreshed.get();
    if (now - last >= REFRESH && refreshed.compareAndSet(last, now)) {
      refresh(now);
    }
  }

  /**
   * What half of the attempts stay below, in nanoseconds; {@link #UNKNOWN} if that is not known.
   *
   * @param now when it is asked
   */
  long median(long now) {
    return summary(now).median();
  }

  /**
   * What all but the slowest attempts stay below, in nanoseconds; {@link #UNKNOWN} if that is not
   * known.
   *
   * @param now when it is asked
   */
  long tail(long now) {
    return summary(now).tail();
  }

  private Summary summary(long now) {
    Summary known = summary;
    return now - known.until() < 0 ? known : refresh(now);
  }

  /** The generation of now. They begin on a grid: one that came late would live on for longer. */
  private Generations generation(long now) {
    Generations known = generations.get();
    long over = (now - known.began()) / GENERATION;
    if (over <= 0) {
      return known;
    }
    // After a pause what came before it is too old as well.
    AtomicIntegerArray before = over == 1 ? known.counts() : counts();
    long began = known.began() + over * GENERATION;
    generations.compareAndSet(known, new Generations(began, counts(), before));
    return generations.get();
  }

  private Summary refresh(long now) {
    Generations current = generation(now);
    long samples = 0;
    for (int i = 0; i < Buckets.COUNT; i++) {
      samples += current.count(i);
    }
    boolean isEnough = samples >= LEAST_SAMPLES;
    var fresh =
        new Summary(
            current.began() + GENERATION,
            isEnough ? percentile(current, samples, 50) : UNKNOWN,
            isEnough ? percentile(current, samples, percentile) : UNKNOWN);
    summary = fresh;
    return fresh;
  }

  private static long percentile(Generations now, long samples, double percent) {
    double wanted = samples * percent / 100;
    long below = 0;
    for (int i = 0; i < Buckets.COUNT; i++) {
      below += now.count(i);
      if (below >= wanted) {
        return Buckets.upperBound(i);
      }
    }
    return Buckets.upperBound(Buckets.COUNT - 1);
  }

  private static AtomicIntegerArray counts() {
    return new AtomicIntegerArray(Buckets.COUNT);
  }

  /** What is said until a generation ends. */
  private record Summary(long until, long median, long tail) {}

  /** What is counted now, and what was counted before that. */
  private record Generations(long began, AtomicIntegerArray counts, AtomicIntegerArray before) {

    int count(int bucket) {
      return counts.get(bucket) + before.get(bucket);
    }
  }
}

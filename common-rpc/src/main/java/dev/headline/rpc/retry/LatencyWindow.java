package dev.headline.rpc.retry;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long attempts of one five-tuple took in the last ten to twenty seconds: their median, and one
 * high percentile. Both are upper bounds of what they stand for, by at most an eighth. Twenty
 * seconds after the last attempt that was answered nothing is known any more: what was usual then
 * says nothing of a callee that has answered nobody since.
 *
 * <p>Samples are counted in buckets whose width grows with the value, in two generations that
 * follow each other; the percentiles are added up at most every 20 ms, so that a call reads two
 * numbers. Safe for many threads; takes no lock.
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
  private volatile long median = UNKNOWN;
  private volatile long tail = UNKNOWN;

  /**
   * @param percentile which one {@link #tail} is; 50 to 99.9
   * @param now by the clock that all times here are of, {@link System#nanoTime()} or one like it
   */
  LatencyWindow(double percentile, long now) {
    this.percentile = percentile;
    this.generations = new AtomicReference<>(new Generations(now, counts(), counts()));
    this.refreshed = new AtomicLong(now - REFRESH);
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
      refresh();
    }
  }

  /**
   * What half of the attempts stay below, in nanoseconds; {@link #UNKNOWN} if that is not known.
   *
   * @param now when it is asked
   */
  long median(long now) {
    return isOld(now) ? UNKNOWN : median;
  }

  /**
   * What all but the slowest attempts stay below, in nanoseconds; {@link #UNKNOWN} if that is not
   * known.
   *
   * @param now when it is asked
   */
  long tail(long now) {
    return isOld(now) ? UNKNOWN : tail;
  }

  /** Whether all that was counted is older than what is remembered of. */
  private boolean isOld(long now) {
    return now - refreshed.get() >= 2 * GENERATION;
  }

  private Generations generation(long now) {
    Generations known = generations.get();
    long age = now - known.began();
    if (age < GENERATION) {
      return known;
    }
    // After a pause what came before it is too old as well.
    AtomicIntegerArray before = age < 2 * GENERATION ? known.counts() : counts();
    generations.compareAndSet(known, new Generations(now, counts(), before));
    return generations.get();
  }

  private void refresh() {
    Generations now = generations.get();
    long samples = 0;
    for (int i = 0; i < Buckets.COUNT; i++) {
      samples += now.count(i);
    }
    boolean isEnough = samples >= LEAST_SAMPLES;
    median = isEnough ? percentile(now, samples, 50) : UNKNOWN;
    tail = isEnough ? percentile(now, samples, percentile) : UNKNOWN;
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

  /** What is counted now, and what was counted before that. */
  private record Generations(long began, AtomicIntegerArray counts, AtomicIntegerArray before) {

    int count(int bucket) {
      return counts.get(bucket) + before.get(bucket);
    }
  }
}

package dev.headline.rpc.retry;

/**
 * Buckets for times from a microsecond to two minutes, eight for each doubling, so that each is an
 * eighth of its lower bound wide, as in HdrHistogram. Shorter and longer times count as these.
 */
final class Buckets {

  private static final int FIRST_POWER = 10;
  private static final int LAST_POWER = 36;
  private static final int BITS = 3;
  private static final int EACH = 1 << BITS;

  private static final long SHORTEST = 1L << FIRST_POWER;
  private static final long LONGEST = (1L << (LAST_POWER + 1)) - 1;

  static final int COUNT = (LAST_POWER - FIRST_POWER + 1) * EACH;

  private Buckets() {}

  static int indexOf(long nanos) {
    long value = Math.clamp(nanos, SHORTEST, LONGEST);
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int within = (int) (value >>> (power - BITS)) & (EACH - 1);
    return (power - FIRST_POWER) * EACH + within;
  }

  /** The first time above all that are in a bucket, in nanoseconds. */
  static long upperBound(int index) {
    int power = FIRST_POWER + index / EACH;
    return (EACH + index % EACH + 1L) << (power - BITS);
  }
}

package dev.headline.rpc.breaker;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people say them. */
final class Words {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final double MILLISECOND = Duration.ofMillis(1).toNanos();

  private Words() {}

  /** Such as {@code 10 s}, {@code 7.9 s} or {@code 250 ms}. */
  static String span(Duration span) {
    return span(span.toNanos());
  }

  /** A span in nanoseconds; one below 0 is over, and said to be 0. */
  static String span(long nanos) {
    long left = Math.max(0, nanos);
    return left < SECOND
        ? Math.round(left / MILLISECOND) + " ms"
        : number(left / (double) SECOND) + " s";
  }

  /** Such as {@code 50 %} or {@code 3.4 %}. */
  static String percent(double value) {
    return number(value) + " %";
  }

  /** The share of a part, such as {@code 3 of 87 calls failed (3.4 %)}. */
  static String failed(int part, int all) {
    return "%d of %d calls failed (%s)"
        .formatted(part, all, percent(all == 0 ? 0 : part * 100.0 / all));
  }

  private static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }
}

package dev.headline.rpc.words;

import java.time.Duration;
import java.util.Locale;

/** Figures as people say them, the same in every locale. */
public final class Figures {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final double MILLISECOND = Duration.ofMillis(1).toNanos();

  private Figures() {}

  /** A time in nanoseconds as milliseconds, such as {@code 117.0 ms}: for what is compared. */
  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / MILLISECOND);
  }

  /** A time as milliseconds, such as {@code 117.0 ms}. */
  public static String millis(Duration time) {
    return millis(time.toNanos());
  }

  /** In the unit that fits, such as {@code 10 s}, {@code 7.9 s} or {@code 250 ms}. */
  public static String span(Duration span) {
    return span(span.toNanos());
  }

  /** A span in nanoseconds in the unit that fits; one below 0 is over, and said to be 0. */
  public static String span(long nanos) {
    long left = Math.max(0, nanos);
    return left < SECOND
        ? Math.round(left / MILLISECOND) + " ms"
        : number(left / (double) SECOND) + " s";
  }

  /** Such as {@code 50 %} or {@code 3.4 %}. */
  public static String percent(double value) {
    return number(value) + " %";
  }

  /** The share of a part of a whole, such as {@code 3.4 %}; of nothing it is 0. */
  public static String share(int part, int whole) {
    return percent(whole == 0 ? 0 : part * 100.0 / whole);
  }

  private static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }
}

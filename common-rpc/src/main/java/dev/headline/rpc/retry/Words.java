package dev.headline.rpc.retry;

import java.util.Locale;

/** How figures are written for people. */
final class Words {

  private Words() {}

  /** A time in nanoseconds as milliseconds. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}

package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * What a setting may be. Each check throws an {@link IllegalArgumentException} whose sentence names
 * the setting as documents write it, its bounds, which are both allowed, and the value.
 */
final class Bounds {

  private Bounds() {}

  /** A whole number. */
  static void count(String setting, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d to %d, but this one is %d".formatted(setting, least, most, value));
    }
  }

  /** A number. */
  static void number(String setting, double value, double least, double most) {
    // Written so that what is not a number fails.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s is %s to %s, but this one is %s"
              .formatted(setting, SettingText.write(least), SettingText.write(most), value));
    }
  }

  /** A share in percent of which there is some: above 0. */
  static void percent(String setting, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s is above 0 and up to %s, but this one is %s"
              .formatted(setting, SettingText.write(most), value));
    }
  }

  /** A time. */
  static void time(String setting, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s to %s, but this one is %s"
              .formatted(setting, words(least), words(most), value));
    }
  }

  /** A time that is counted in whole seconds. */
  static void seconds(String setting, Duration value, Duration least, Duration most) {
    time(setting, value, least, most);
    if (value.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "%s is counted in whole seconds, but this one is %s".formatted(setting, value));
    }
  }

  /**
   * Two times from 0 on, of which one bounds the other.
   *
   * @param part what both are settings of
   */
  static void ascending(
      String part, String lower, Duration low, String upper, Duration high, Duration most) {
    if (low.isNegative() || low.compareTo(high) > 0 || high.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%1$s.%2$s and %1$s.%3$s are 0 to %4$s, the %2$s not above the %3$s, but these are %5$s and %6$s"
              .formatted(part, lower, upper, words(most), low, high));
    }
  }

  private static String words(Duration bound) {
    if (bound.isZero()) {
      return "0";
    }
    if (bound.toNanosPart() != 0) {
      return bound.toMillis() + " ms";
    }
    return bound.toSecondsPart() == 0 ? bound.toMinutes() + " min" : bound.toSeconds() + " s";
  }
}

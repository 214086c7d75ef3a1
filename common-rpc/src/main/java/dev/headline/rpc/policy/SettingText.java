package dev.headline.rpc.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of policies as text, in both directions. */
final class SettingText {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(us|ms|s|m|h)");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

  private SettingText() {}

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException with a sentence that says what is expected
   */
  static Object read(Class<?> type, String text) {
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == int.class || type == Integer.class) {
      return Integer.parseInt(matching(INTEGER, text, "a whole number"));
    }
    if (type == double.class) {
      return Double.parseDouble(matching(DECIMAL, text, "a number"));
    }
    if (type == Instant.class) {
      return instant(text);
    }
    if (type == String.class) {
      return text;
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("No policy has a value of " + type);
  }

  /** Writes a value as it is read. */
  static String write(Object value) {
    return switch (value) {
      case Duration duration -> write(duration);
      case Double number when number == Math.rint(number) -> Long.toString(number.longValue());
      case Enum<?> constant -> kebab(constant.name());
      default -> value.toString();
    };
  }

  /** A Java name as documents write it: {@code extraPercent} is {@code extra-percent}. */
  static String kebab(String javaName) {
    return javaName
        .replaceAll("([a-z])([A-Z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }

  private static String write(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    if (micros % 1_000 != 0) {
      return micros + "us";
    }
    long millis = micros / 1_000;
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a duration is a whole number with us, ms, s, m or h, such as 250ms, but this is '%s'"
              .formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> Duration.ofNanos(Math.multiplyExact(number, 1_000L));
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a moment is written like 2026-11-21T18:00:00Z, but this is '%s'".formatted(text), e);
    }
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (write(constant).equals(text)) {
        return constant;
      }
    }
    String known =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(SettingText::write).toList());
    throw new IllegalArgumentException("it is one of %s, but this is '%s'".formatted(known, text));
  }

  private static String matching(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("it is %s, but this is '%s'".formatted(what, text));
    }
    return text;
  }
}

package dev.headline.rpc.server;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Instant;

/**
 * Checks what a caller sent, before anything is done with it. All of it throws {@link
 * RpcCode#INVALID_ARGUMENT}; the sentence names the field and its limit and never the text that was
 * sent. Safe for many threads.
 */
public final class Arguments {

  /** The years 1 to 9999, which is what a timestamp message may hold. */
  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Arguments() {}

  /**
   * The refusal of a request that breaks a rule, to be thrown.
   *
   * @param sentence names the field and the rule; the caller reads it
   */
  public static RpcException refusal(String sentence) {
    return new RpcException(RpcCode.INVALID_ARGUMENT, sentence);
  }

  /**
   * Refuses a list that is too long.
   *
   * @param most how many entries it may have
   * @param count how many it has
   */
  public static void atMost(int most, int count, String field) {
    if (count > most) {
      throw refusal("%s may have at most %d entries, but has %d".formatted(field, most, count));
    }
  }

  /** Refuses what cannot be an id, because it is not positive. */
  public static void id(long value, String field) {
    if (value <= 0) {
      throw refusal("%s must be positive, but is %d".formatted(field, value));
    }
  }

  /**
   * Refuses a text by its length, and one with a NUL, which Postgres cannot store.
   *
   * @param shortest in characters, that is in code points; 0 if it may be empty
   * @param longest in the same unit
   */
  public static void text(String value, int shortest, int longest, String field) {
    int length = value.codePointCount(0, value.length());
    if (length < shortest || length > longest) {
      throw refusal(
          "%s must have %d to %d characters, but has %d"
              .formatted(field, shortest, longest, length));
    }
    if (value.indexOf('\0') >= 0) {
      throw refusal("%s must not contain NUL".formatted(field));
    }
  }

  /**
   * How many a caller wants.
   *
   * @param value 1 to {@code most}, or 0 for the standard; anything else is refused
   */
  public static int limit(int value, int standard, int most, String field) {
    if (value < 0 || value > most) {
      throw refusal(
          "%s must be 1 to %d, or 0 for %d, but is %d".formatted(field, most, standard, value));
    }
    return value == 0 ? standard : value;
  }

  /**
   * The moment of a timestamp message, by its two fields. One that the message's own specification
   * rules out is refused.
   *
   * @param seconds since 1970, within the years 1 to 9999
   * @param nanos 0 to 999,999,999, and forward in time also before 1970
   */
  public static Instant time(long seconds, int nanos, String field) {
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > 999_999_999) {
      throw refusal("%s must be in the years 1 to 9999".formatted(field));
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}

package dev.headline.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Data that travels beside a request without being part of any message: what Kitex calls metainfo.
 * Immutable, and never more than can travel: there are at most {@value #MOST_PIECES} pieces, a
 * value has at most {@value #LONGEST_VALUE} bytes in UTF-8, and all of them together at most
 * {@value #LONGEST_TEXT} as {@link BaggageText} writes them.
 *
 * <p>A piece's name is 1 to 63 of {@code a-z 0-9 . -} and begins with a letter or a digit. A name
 * is persistent or transient, never both.
 *
 * @param persistent goes with the request through the whole chain of calls
 * @param transients goes to the next service and no further
 * @see <a href="https://www.cloudwego.io/docs/kitex/tutorials/advanced-feature/metainfo/">Kitex:
 *     Metainfo</a>
 */
public record Baggage(Map<String, String> persistent, Map<String, String> transients) {

  /** How many pieces there may be. */
  public static final int MOST_PIECES = 32;

  /** How many bytes a value may have, in UTF-8. */
  public static final int LONGEST_VALUE = 1_024;

  /** How many bytes all pieces may have on the wire. */
  public static final int LONGEST_TEXT = 4_096;

  private static final int LONGEST_NAME = 63;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  /** Nothing. */
  public static final Baggage EMPTY = new Baggage(Map.of(), Map.of());

  /**
   * Begins the names of high-water marks, such as how much of a database somebody has seen. Of
   * several values of one the greatest counts, as text: whoever writes numbers pads them. Told
   * beside a reply, they go back through all callers to where the request began.
   */
  public static final String HIGHEST = "max.";

  /** The persistent piece that names the lane a request is in. */
  public static final String LANE = "lane";

  /**
   * Checks that it can travel.
   *
   * @throws IllegalArgumentException with a sentence that names the piece, but never its value
   */
  public Baggage {
    persistent = Map.copyOf(persistent);
    transients = Map.copyOf(transients);
    persistent.forEach(Baggage::check);
    transients.forEach(Baggage::check);
    int pieces = persistent.size() + transients.size();
    if (pieces > MOST_PIECES) {
      throw new IllegalArgumentException(
          "Baggage has at most %d pieces, but this has %d".formatted(MOST_PIECES, pieces));
    }
    for (String name : transients.keySet()) {
      if (persistent.containsKey(name)) {
        throw new IllegalArgumentException(
            "A piece of baggage is persistent or transient, but '%s' is both".formatted(name));
      }
    }
    int bytes = BaggageText.length(persistent, transients);
    if (bytes > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "Baggage has at most %d bytes on the wire, but this has %d"
              .formatted(LONGEST_TEXT, bytes));
    }
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return persistent.isEmpty() && transients.isEmpty();
  }

  /** A persistent or a transient piece; null if there is none of that name. */
  public @Nullable String get(String name) {
    String value = persistent.get(name);
    return value == null ? transients.get(name) : value;
  }

  /** The same with one more persistent piece, or another value for it. */
  public Baggage withPersistent(String name, String value) {
    return new Baggage(with(persistent, name, value), transients);
  }

  /** The same with one more transient piece, or another value for it. */
  public Baggage withTransient(String name, String value) {
    return new Baggage(persistent, with(transients, name, value));
  }

  /** What goes on to the next service from one that has received this: only what is persistent. */
  public Baggage onward() {
    return transients.isEmpty() ? this : new Baggage(persistent, Map.of());
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(name, value);
    return more;
  }

  private static void check(String name, String value) {
    checked(name);
    int bytes = BaggageText.utf8(name, value).length;
    if (bytes > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "A piece of baggage has at most %d bytes, but '%s' has %d"
              .formatted(LONGEST_VALUE, name, bytes));
    }
  }

  /** A name that is one. */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A piece of baggage is named by 1 to 63 of a-z, 0-9, '.' and '-', but got '%s'"
              .formatted(name.substring(0, Math.min(name.length(), LONGEST_NAME))));
    }
    return name;
  }
}

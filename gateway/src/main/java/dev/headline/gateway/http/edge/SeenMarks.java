package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headline.rpc.Baggage;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@linkplain Baggage#HIGHEST high-water marks} that one client has seen, each with the time at
 * which it was news. Immutable, and never more than {@link Baggage} can hold.
 *
 * @param marks by name
 */
record SeenMarks(Map<String, Mark> marks) {

  /** Nothing seen. */
  static final SeenMarks NONE = new SeenMarks(Map.of());

  SeenMarks {
    marks = Map.copyOf(marks);
  }

  /**
   * The same, and what services told now. A mark that is no higher than the known one is no news
   * and leaves its time as it was. If there is no room for all, the oldest are dropped.
   *
   * @param now in seconds since 1970
   */
  SeenMarks with(Baggage told, long now) {
    Map<String, Mark> all = new HashMap<>(marks);
    told.persistent()
        .forEach(
            (name, value) -> {
              if (name.startsWith(Baggage.HIGHEST)) {
                all.merge(name, new Mark(value, now), Mark::higher);
              }
            });
    while (!canTravel(all)) {
      all.remove(oldest(all));
    }
    return new SeenMarks(all);
  }

  /**
   * Those that were news at a time or later.
   *
   * @param second since 1970
   */
  SeenMarks since(long second) {
    Map<String, Mark> fresh = new HashMap<>(marks);
    fresh.values().removeIf(mark -> mark.second() < second);
    return new SeenMarks(fresh);
  }

  /** What they say, without the times. */
  Map<String, String> values() {
    return values(marks);
  }

  /** As text: {@code name=value;seconds}, with commas between; empty for none. */
  String write() {
    var text = new StringBuilder();
    new TreeMap<>(marks)
        .forEach(
            (name, mark) ->
                text.append(text.isEmpty() ? "" : ",")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(mark.value(), UTF_8))
                    .append(';')
                    .append(mark.second()));
    return text.toString();
  }

  /**
   * Reads what {@link #write} writes.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SeenMarks read(String text) {
    Map<String, Mark> marks = new HashMap<>();
    for (String piece : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = piece.indexOf('=');
      int semicolon = piece.indexOf(';', equals);
      if (equals < 0 || semicolon < 0) {
        throw new IllegalArgumentException("A mark is name=value;seconds");
      }
      String value = URLDecoder.decode(piece.substring(equals + 1, semicolon), UTF_8);
      marks.put(
          piece.substring(0, equals),
          new Mark(value, Long.parseLong(piece.substring(semicolon + 1))));
    }
    return new SeenMarks(marks);
  }

  private static boolean canTravel(Map<String, Mark> marks) {
    try {
      var _ = new Baggage(values(marks), Map.of());
      return true;
    } catch (IllegalArgumentException tooMuch) {
      return false;
    }
  }

  private static String oldest(Map<String, Mark> marks) {
    return marks.entrySet().stream()
        .min(Comparator.comparingLong(mark -> mark.getValue().second()))
        .orElseThrow()
        .getKey();
  }

  private static Map<String, String> values(Map<String, Mark> marks) {
    Map<String, String> values = new HashMap<>();
    marks.forEach((name, mark) -> values.put(name, mark.value()));
    return values;
  }

  /**
   * How much of something somebody has seen.
   *
   * @param second when it was news, since 1970
   */
  record Mark(String value, long second) {

    private Mark higher(Mark other) {
      return other.value.compareTo(value) > 0 ? other : this;
    }
  }
}

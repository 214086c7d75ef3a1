package dev.headline.rpc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that travels beside a request without being part of any message: what Kitex calls metainfo.
 * Immutable.
 *
 * @param persistent goes with the request through the whole chain of calls
 * @param transients goes to the next service and no further
 */
public record Baggage(Map<String, String> persistent, Map<String, String> transients) {

  /** Nothing. */
  public static final Baggage EMPTY = new Baggage(Map.of(), Map.of());

  /** The persistent piece that names the lane a request is in. */
  public static final String LANE = "lane";

  public Baggage {
    persistent = Map.copyOf(persistent);
    transients = Map.copyOf(transients);
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
}

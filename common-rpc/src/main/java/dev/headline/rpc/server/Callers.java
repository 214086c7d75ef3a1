package dev.headline.rpc.server;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.explain.Explanation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who calls one method of this server, and how they say so: each caller and each text of the header
 * is resolved once. Callers name themselves, so their number is bounded: past that, further ones
 * share one name, and no client can fill the memory or the metrics.
 */
final class Callers {

  /** The name that stands for all callers past the bound. */
  static final Caller OVERFLOW = new Caller("other", CallKey.DEFAULT_CLUSTER);

  private static final int MOST_CALLERS = 100;
  private static final int MOST_HEADERS = 10 * MOST_CALLERS;

  private final Function<Caller, CallerPath> pathOf;
  private final ConcurrentMap<Caller, CallerPath> byCaller = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Arrival> byHeader = new ConcurrentHashMap<>();
  private final Set<CallerPath> nameless = new CopyOnWriteArraySet<>();
  private final CallerPath overflow;
  private final Arrival absent;
  private final Arrival malformed;

  /**
   * @param pathOf makes the way of a caller's calls
   * @param malformed the way of calls whose header cannot be read, which ends in a refusal
   */
  Callers(Function<Caller, CallerPath> pathOf, CallerPath malformed) {
    this.pathOf = pathOf;
    this.overflow = pathOf.apply(OVERFLOW);
    this.absent = new Arrival(pathOf.apply(Caller.UNKNOWN), Origin.UNKNOWN, 1);
    this.malformed = new Arrival(malformed, Origin.UNKNOWN, 1);
  }

  /**
   * What a header says.
   *
   * @param header null if there is none
   */
  Arrival arrival(@Nullable String header) {
    if (header == null) {
      return nameless(absent);
    }
    Arrival known = byHeader.get(header);
    return known != null ? known : read(header);
  }

  /**
   * All that is known of the calls of each caller, and of those without a name, with one that
   * cannot be read and past the bound, once such a call has come.
   */
  List<Explanation> explanations() {
    return Stream.concat(byCaller.values().stream(), nameless.stream())
        .map(CallerPath::explanation)
        .toList();
  }

  private Arrival nameless(Arrival arrival) {
    nameless.add(arrival.from());
    return arrival;
  }

  private Arrival read(String text) {
    CallHeader header = CallHeader.read(text);
    if (header == null) {
      return nameless(malformed);
    }
    var origin = new Origin(header.caller(), header.priority(), header.retried(), Baggage.EMPTY);
    var arrival = new Arrival(path(header.caller()), origin, header.attempt());
    if (byHeader.size() < MOST_HEADERS) {
      byHeader.put(text, arrival);
    }
    return arrival;
  }

  private synchronized CallerPath path(Caller caller) {
    if (byCaller.size() >= MOST_CALLERS && !byCaller.containsKey(caller)) {
      nameless.add(overflow);
      return overflow;
    }
    return byCaller.computeIfAbsent(caller, pathOf);
  }
}

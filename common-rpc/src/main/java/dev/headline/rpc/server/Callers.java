package dev.headline.rpc.server;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.Policies;
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
 * share a way, and no client can fill the memory or the metrics.
 *
 * <p>Past the bound a caller keeps as much of its name as {@linkplain NamedCallers the policies
 * speak of}, so that each rule still governs whom it names, and a service that a rule names still
 * has a way of its own, however many names a client invents. A caller that no rule names may be one
 * of the others then; so a service names those that it expects.
 */
final class Callers {

  private static final int MOST_CALLERS = 100;

  /** Further attempts are too rare to remember their texts, of which one caller could make many. */
  private static final int LAST_ATTEMPT_REMEMBERED = 4;

  private final Policies policies;
  private final Function<Caller, CallerPath> pathOf;
  private final ConcurrentMap<Caller, CallerPath> byCaller = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Arrival> byHeader = new ConcurrentHashMap<>();
  private final Set<CallerPath> nameless = new CopyOnWriteArraySet<>();
  private final Arrival absent;
  private final Arrival malformed;
  private NamedCallers named;

  /**
   * @param policies whose rules name callers
   * @param pathOf makes the way of a caller's calls
   * @param malformed the way of calls whose header cannot be read, which ends in a refusal
   */
  Callers(Policies policies, Function<Caller, CallerPath> pathOf, CallerPath malformed) {
    this.policies = policies;
    this.pathOf = pathOf;
    this.absent = new Arrival(pathOf.apply(Caller.UNKNOWN), Origin.UNKNOWN, 1);
    this.malformed = new Arrival(malformed, Origin.UNKNOWN, 1);
    this.named = NamedCallers.of(policies.current());
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
   * All that is known of the calls of each caller, and of those without a name and with one that
   * cannot be read, once such a call has come.
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
    Caller caller = header.caller();
    var origin = new Origin(caller, header.priority(), header.retried(), Baggage.EMPTY);
    CallerPath own = byCaller.get(caller);
    CallerPath path = own == null ? admit(caller) : own;
    var arrival = new Arrival(path, origin, header.attempt());
    // What is shared is asked for each time, because a new rule may name the caller.
    if (byCaller.containsKey(caller) && header.attempt() <= LAST_ATTEMPT_REMEMBERED) {
      byHeader.put(text, arrival);
    }
    return arrival;
  }

  private synchronized CallerPath admit(Caller caller) {
    Caller counted = byCaller.size() < MOST_CALLERS ? caller : named().known(caller);
    return byCaller.computeIfAbsent(counted, pathOf);
  }

  private NamedCallers named() {
    Policies.Edition current = policies.current();
    if (named.edition() != current.number()) {
      named = NamedCallers.of(current);
    }
    return named;
  }
}

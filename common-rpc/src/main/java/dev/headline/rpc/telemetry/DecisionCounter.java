package dev.headline.rpc.telemetry;

import dev.headline.rpc.Decision;
import dev.headline.rpc.Decisions;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** Counts the decisions on one five-tuple, by the link that made them and what it did. */
final class DecisionCounter implements Decisions.Listener {

  /** Outcomes come from small sets, so there are never so many unless a link breaks that rule. */
  private static final int MOST = 100;

  private record Kind(String link, String outcome) {}

  private static final Kind OVERFLOW = new Kind("overflow", "overflow");

  private final BiFunction<String, String, Counter> counterOf;
  private final ConcurrentMap<Kind, Counter> counters = new ConcurrentHashMap<>();

  /**
   * @param counterOf makes the counter of a link and an outcome
   */
  DecisionCounter(BiFunction<String, String, Counter> counterOf) {
    this.counterOf = counterOf;
  }

  @Override
  public void decided(Decision decision) {
    var kind = new Kind(decision.link(), decision.outcome());
    Counter known = counters.get(kind);
    if (known == null) {
      known = counter(counters.size() < MOST ? kind : OVERFLOW);
    }
    known.increment();
  }

  private Counter counter(Kind kind) {
    return counters.computeIfAbsent(kind, k -> counterOf.apply(k.link(), k.outcome()));
  }
}

package dev.headline.data;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/** Counts which node was chosen, and why. */
final class RouteMeter {

  /** Why a node was chosen. */
  enum Reason {
    /** A read that may be a moment behind. */
    READ,
    /** The same, but there is no replica. */
    NO_REPLICA,
    /** A read that must see the latest write. */
    LATEST,
    WRITE;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private record Decision(String endpoint, Reason reason) {}

  private final MeterProvider<Counter> decisions;
  private final ConcurrentHashMap<Decision, Counter> counters = new ConcurrentHashMap<>();

  RouteMeter(String pool, MeterRegistry registry) {
    this.decisions =
        Counter.builder("headline.data.route")
            .description("Which database node was chosen, and why")
            .tag("pool", pool)
            .withRegistry(registry);
  }

  void count(String endpoint, Reason reason) {
    counters.computeIfAbsent(new Decision(endpoint, reason), this::counter).increment();
  }

  private Counter counter(Decision decision) {
    return decisions.withTags("endpoint", decision.endpoint(), "reason", decision.reason().label);
  }
}

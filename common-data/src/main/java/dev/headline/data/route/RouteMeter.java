package dev.headline.data.route;

import dev.headline.data.lag.Replication;
import dev.headline.data.lag.Standing;
import dev.headline.data.lag.Standing.Measured;
import dev.headline.data.pool.Gate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts which node was chosen and why, and which was passed over and why; and shows where each
 * node stands.
 */
public final class RouteMeter {

  /** Why a node was chosen, or passed over. */
  public enum Reason {
    /** A read that may be a moment behind, on a replica that is fit. */
    READ,
    /** The same read again, after another node failed before it answered. */
    INSTEAD,
    /** There is no replica. */
    NO_REPLICA,
    /** A replica is fit for others, but does not show what this reader has seen already. */
    SESSION,
    /** A replica is too far behind. */
    BEHIND,
    /** The breaker of a replica is open. */
    BREAKER,
    /** A replica does not answer. */
    DOWN,
    /** A read that must see the latest write. */
    LATEST,
    WRITE;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private record Decision(String endpoint, Reason reason) {}

  private final String pool;
  private final MeterRegistry registry;
  private final MeterProvider<Counter> chosen;
  private final MeterProvider<Counter> passedOver;
  private final ConcurrentHashMap<Decision, Counter> choices = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Decision, Counter> objections = new ConcurrentHashMap<>();

  public RouteMeter(String pool, MeterRegistry registry) {
    this.pool = pool;
    this.registry = registry;
    this.chosen =
        Counter.builder("headline.data.route")
            .description("Which database node was chosen, and why")
            .tag("pool", pool)
            .withRegistry(registry);
    this.passedOver =
        Counter.builder("headline.data.route.skipped")
            .description("Which database node was passed over, and why")
            .tag("pool", pool)
            .withRegistry(registry);
  }

  public void chose(Node node, Reason reason) {
    choices
        .computeIfAbsent(
            new Decision(node.endpoint(), reason),
            it -> chosen.withTags("endpoint", it.endpoint(), "reason", it.reason().label))
        .increment();
  }

  public void passedOver(Node node, Reason reason) {
    objections
        .computeIfAbsent(
            new Decision(node.endpoint(), reason),
            it -> passedOver.withTags("endpoint", it.endpoint(), "reason", it.reason().label))
        .increment();
  }

  /** Shows a node for as long as it is there. */
  public void show(Node node, Supplier<Standing> standing, Replication replication) {
    gauge(
        "headline.data.node.up",
        "1 if the node says where it stands, else 0",
        node,
        it -> standing.get() instanceof Measured now && !replication.isOld(now) ? 1 : 0);
    gauge(
        "headline.data.node.lag.bytes",
        "How much log the node had still to replay; not a number while nobody knows",
        node,
        it -> standing.get() instanceof Measured now ? now.lagBytes() : Double.NaN);
    gauge(
        "headline.data.node.lag.seconds",
        "For how long the node had not been showing the newest",
        node,
        it ->
            standing.get() instanceof Measured now
                ? (double) now.delayNanos() / TimeUnit.SECONDS.toNanos(1)
                : Double.NaN);
    gauge("headline.data.node.inside", "Requests at the node now", node, Node::inside);
    showWaiting(node.endpoint(), node.pool().gate());
  }

  /** Shows how many wait at a gate for as long as it is there. */
  public void showWaiting(String name, Gate gate) {
    Gauge.builder("headline.data.gate.waiting", gate, Gate::waiting)
        .description("Requests that wait for their turn")
        .tags("pool", pool, "gate", name)
        .register(registry);
  }

  /** Hears how long requests have waited at a gate. */
  public LongConsumer waits(String name) {
    Timer timer =
        Timer.builder("headline.data.gate.wait")
            .description("How long requests waited for their turn, of those that had to")
            .tags("pool", pool, "gate", name)
            .register(registry);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private void gauge(String name, String description, Node node, ToDoubleFunction<Node> value) {
    Gauge.builder(name, node, value)
        .description(description)
        .tags("pool", pool, "endpoint", node.endpoint())
        .register(registry);
  }
}

package dev.headline.rpc.telemetry;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The names and the labels of all RPC metrics, in one place. Both sides count each call with the
 * same five labels and the code, so that what a client sent can be held against what its servers
 * saw. A registry has one of these. Safe for many threads.
 *
 * <p>Meters are resolved here once for each five-tuple and kept by whoever asked: no call looks one
 * up.
 */
public final class RpcMeters {

  /** What the caller waited for, all attempts together. The name is OpenTelemetry's. */
  public static final String CLIENT_DURATION = "rpc.client.call.duration";

  /** What the server took, from the whole request to the reply. The name is OpenTelemetry's. */
  public static final String SERVER_DURATION = "rpc.server.call.duration";

  /** One attempt, from the choice of an instance to its answer; also has the label kind. */
  public static final String ATTEMPT_DURATION = "rpc.client.attempt.duration";

  /** One phase of an attempt that came to it; instead of a code it has the label phase. */
  public static final String PHASE_DURATION = "rpc.client.phase.duration";

  /** What links of a client did other than passing a call on; has the labels link and outcome. */
  public static final String CLIENT_DECISIONS = "rpc.client.decisions";

  /** What links of a server did other than passing a call on; has the labels link and outcome. */
  public static final String SERVER_DECISIONS = "rpc.server.decisions";

  /** How many five-tuples share the series labelled {@code overflow}; has the label side. */
  public static final String OVERFLOW = "rpc.meters.overflow";

  /** How many calls a client has out. */
  public static final String CLIENT_IN_FLIGHT = "rpc.client.in_flight";

  /** How many calls a client may have out. */
  public static final String CLIENT_LIMIT = "rpc.client.limit";

  /** How many calls wait in a client for their turn. */
  public static final String CLIENT_WAITING = "rpc.client.waiting";

  /** A client's breaker: 0 closed, 1 half open, 2 open. */
  public static final String BREAKER_STATE = "rpc.client.breaker.state";

  /** How many further attempts could be paid now. */
  public static final String RETRY_BUDGET = "rpc.client.retry.budget";

  /** How many instances a client passes over because they fail. */
  public static final String EJECTED = "rpc.client.ejected";

  /** How many calls a server is working on. */
  public static final String SERVER_IN_FLIGHT = "rpc.server.in_flight";

  /** How many calls a server takes on; NaN without a limit. */
  public static final String SERVER_LIMIT = "rpc.server.limit";

  /** The number of the policies that hold. */
  public static final String POLICY_EDITION = "rpc.policy.edition";

  /** 1 if the last policies that were offered were refused, 0 if not. */
  public static final String POLICY_PROBLEM = "rpc.policy.problem";

  /** More than a platform of this kind has, and few enough to keep. */
  private static final int MOST_FIVE_TUPLES = 500;

  /** From a quarter of a millisecond, because a call inside a host is that fast, to ten seconds. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final GaugeBoard board;
  private final SeriesCap clients;
  private final SeriesCap servers;

  /**
   * @param registry where meters are kept
   */
  public RpcMeters(MeterRegistry registry) {
    this(registry, MOST_FIVE_TUPLES);
  }

  /**
   * @param registry where meters are kept
   * @param mostFiveTuples how many five-tuples have series of their own, on each side; 1 or more
   */
  public RpcMeters(MeterRegistry registry, int mostFiveTuples) {
    this.registry = registry;
    this.board = new GaugeBoard(registry);
    this.clients = new SeriesCap(mostFiveTuples, overflow(Side.CLIENT));
    this.servers = new SeriesCap(mostFiveTuples, overflow(Side.SERVER));
  }

  /**
   * Gives a five-tuple series of its own even past the bound; before anything else is asked for it.
   * For those that an operator has named, because strangers do not raise their number.
   */
  public void keep(Side side, CallKey key) {
    cap(side).keep(key);
  }

  /** The meter of the calls of a five-tuple on the calling side. */
  public CallMeter client(CallKey key) {
    return meter(CLIENT_DURATION, labels(Side.CLIENT, key), key);
  }

  /** The meter of the calls of a five-tuple on the called side. */
  public CallMeter server(CallKey key) {
    return meter(SERVER_DURATION, labels(Side.SERVER, key), key);
  }

  /** The meter of the attempts of a five-tuple. */
  public AttemptMeter attempts(CallKey key) {
    Tags labels = labels(Side.CLIENT, key);
    return new AttemptMeter(
        Stream.of(AttemptKind.values())
            .map(kind -> meter(ATTEMPT_DURATION, labels.and("kind", word(kind)), key))
            .toList(),
        timer(PHASE_DURATION, labels.and("phase", "queue")),
        Stream.of(Phase.values())
            .map(phase -> timer(PHASE_DURATION, labels.and("phase", word(phase))))
            .toList());
  }

  /** Counts the decisions on a five-tuple. */
  public Decisions.Listener decisions(Side side, CallKey key) {
    String name = side == Side.CLIENT ? CLIENT_DECISIONS : SERVER_DECISIONS;
    Tags labels = labels(side, key);
    return new DecisionCounter(
        (link, outcome) -> registry.counter(name, labels.and("link", link, "outcome", outcome)));
  }

  /**
   * Shows the state of the links of a five-tuple: for each client or server of the process that has
   * such links, one of its own. Past the bound nothing is shown, because states, unlike counts,
   * cannot share a series.
   */
  public PathGauges gauges(Side side, CallKey key) {
    boolean own = cap(side).admit(key).equals(key);
    return new PathGauges(own ? board : null, labels(side, key));
  }

  /** Shows a number of the whole process. */
  public void show(String name, Supplier<Number> value) {
    Gauge.builder(name, value).register(registry);
  }

  /** Shows a number of one server, instead of one that this process had before. */
  public void show(String name, Caller server, Supplier<Number> value) {
    Tags labels = Tags.of("to", server.service(), "to_cluster", server.cluster());
    registry.find(name).tags(labels).gauges().forEach(registry::remove);
    Gauge.builder(name, value).tags(labels).register(registry);
  }

  private SeriesCap cap(Side side) {
    return switch (side) {
      case CLIENT -> clients;
      case SERVER -> servers;
    };
  }

  private Counter overflow(Side side) {
    return registry.counter(OVERFLOW, "side", word(side));
  }

  private CallMeter meter(String name, Tags labels, CallKey key) {
    return new CallMeter(key, code -> timer(name, labels.and("code", code.name())));
  }

  private Timer timer(String name, Tags labels) {
    return Timer.builder(name).tags(labels).serviceLevelObjectives(BUCKETS).register(registry);
  }

  private Tags labels(Side side, CallKey key) {
    CallKey shown = cap(side).admit(key);
    return Tags.of(
        "from",
        shown.from(),
        "from_cluster",
        shown.fromCluster(),
        "to",
        shown.to(),
        "to_cluster",
        shown.toCluster(),
        "method",
        shown.method());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

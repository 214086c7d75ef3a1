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
 * The labels of all RPC metrics, in one place; their names are {@link MetricNames}. Both sides
 * count each call with the same five labels and the code, so that what a client sent can be held
 * against what its servers saw. A registry has one of these. Safe for many threads.
 *
 * <p>Meters are resolved here once for each five-tuple and kept by whoever asked: no call looks one
 * up.
 */
public final class RpcMeters {

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
    return meter(MetricNames.CLIENT_DURATION, labels(Side.CLIENT, key), key);
  }

  /** The meter of the calls of a five-tuple on the called side. */
  public CallMeter server(CallKey key) {
    return meter(MetricNames.SERVER_DURATION, labels(Side.SERVER, key), key);
  }

  /** The meter of the attempts of a five-tuple. */
  public AttemptMeter attempts(CallKey key) {
    Tags labels = labels(Side.CLIENT, key);
    return new AttemptMeter(
        Stream.of(AttemptKind.values())
            .map(kind -> meter(MetricNames.ATTEMPT_DURATION, labels.and("kind", word(kind)), key))
            .toList(),
        timer(MetricNames.PHASE_DURATION, labels.and("phase", "queue")),
        Stream.of(Phase.values())
            .map(phase -> timer(MetricNames.PHASE_DURATION, labels.and("phase", word(phase))))
            .toList());
  }

  /** Counts the decisions on a five-tuple. */
  public Decisions.Listener decisions(Side side, CallKey key) {
    String name = side == Side.CLIENT ? MetricNames.CLIENT_DECISIONS : MetricNames.SERVER_DECISIONS;
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

  /**
   * Shows the state of one server, whoever calls what. A process may listen for one service at
   * several addresses; such servers are shown together.
   */
  public PathGauges gauges(Caller server) {
    return new PathGauges(board, Tags.of("to", server.service(), "to_cluster", server.cluster()));
  }

  private SeriesCap cap(Side side) {
    return switch (side) {
      case CLIENT -> clients;
      case SERVER -> servers;
    };
  }

  private Counter overflow(Side side) {
    return registry.counter(MetricNames.OVERFLOW, "side", word(side));
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

package dev.headline.rpc.telemetry;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.RpcCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * The names and the labels of all RPC metrics, in one place. Both sides count each call with the
 * same five labels and the code, so that what a client sent can be held against what its servers
 * saw.
 */
public final class RpcMeters {

  /** What the caller waited for, all attempts together. The name is OpenTelemetry's. */
  public static final String CLIENT_DURATION = "rpc.client.call.duration";

  /** What the server took, from the whole request to the reply. The name is OpenTelemetry's. */
  public static final String SERVER_DURATION = "rpc.server.call.duration";

  /** From a quarter of a millisecond, because a call inside a host is that fast, to ten seconds. */
  private static final Duration[] BUCKETS =
      List.of(
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
          .stream()
          .map(micros -> Duration.ofNanos(micros * 1_000L))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  /**
   * @param registry where meters are kept
   */
  public RpcMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The meter of a five-tuple on the calling side. */
  public CallMeter client(CallKey key) {
    return new CallMeter(key, code -> timer(CLIENT_DURATION, key, code));
  }

  /** The meter of a five-tuple on the called side. */
  public CallMeter server(CallKey key) {
    return new CallMeter(key, code -> timer(SERVER_DURATION, key, code));
  }

  private Timer timer(String name, CallKey key, RpcCode code) {
    return Timer.builder(name)
        .tags(tags(key, code))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static Tags tags(CallKey key, RpcCode code) {
    return Tags.of(
        Tag.of("from", key.from()),
        Tag.of("from_cluster", key.fromCluster()),
        Tag.of("to", key.to()),
        Tag.of("to_cluster", key.toCluster()),
        Tag.of("method", key.method()),
        Tag.of("code", code.name()));
  }
}

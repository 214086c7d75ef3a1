package dev.headline.rpc.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decision;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Phases;
import dev.headline.rpc.RpcCode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RpcMetersTest {

  private static final String[] FIVE_TUPLE = {"from", "from_cluster", "method", "to", "to_cluster"};

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RpcMeters meters = new RpcMeters(registry, 3);

  @Test
  void aCallHasTheFiveLabelsAndItsCodeAndNoOthers() {
    meters.client(key(1)).record(RpcCode.OK, 1);
    meters.server(key(1)).record(RpcCode.NOT_FOUND, 1);

    assertThat(labels(MetricNames.CLIENT_DURATION)).containsExactly(with("code"));
    assertThat(labels(MetricNames.SERVER_DURATION)).containsExactly(with("code"));
  }

  @Test
  void anAttemptAlsoHasItsKind() {
    meters.attempts(key(1)).record(AttemptKind.HEDGE, RpcCode.OK, 1);

    assertThat(labels(MetricNames.ATTEMPT_DURATION)).containsExactly(with("code", "kind"));
    assertThat(registry.get(MetricNames.ATTEMPT_DURATION).tag("kind", "hedge").timer().count())
        .isEqualTo(1);
  }

  @Test
  void aPhaseThatAnAttemptDidNotComeToIsNotCounted() {
    meters.attempts(key(1)).record(new Phases(10, 20, 30, 0));

    assertThat(labels(MetricNames.PHASE_DURATION)).containsOnly(with("phase"));
    assertThat(registry.get(MetricNames.PHASE_DURATION).tag("phase", "wait").timer().count())
        .isEqualTo(1);
    assertThat(registry.get(MetricNames.PHASE_DURATION).tag("phase", "read").timer().count())
        .isZero();
  }

  @Test
  void aDecisionIsCountedByItsLinkAndItsOutcome() {
    var listener = meters.decisions(Side.CLIENT, key(1));
    listener.decided(new Decision(Instant.EPOCH, "Retry", "retried", "It failed"));
    listener.decided(new Decision(Instant.EPOCH, "Retry", "retried", "It failed again"));
    listener.decided(new Decision(Instant.EPOCH, "Retry", "denied", "The budget is spent"));

    assertThat(labels(MetricNames.CLIENT_DECISIONS))
        .hasSize(2)
        .containsOnly(with("link", "outcome"));
    assertThat(
            registry.get(MetricNames.CLIENT_DECISIONS).tag("outcome", "retried").counter().count())
        .isEqualTo(2);
  }

  @Test
  void fiveTuplesPastTheBoundShareOneSeriesAndAreCounted() {
    for (int i = 1; i <= 5; i++) {
      meters.client(key(i)).record(RpcCode.OK, 1);
      meters.attempts(key(i)).record(AttemptKind.FIRST, RpcCode.OK, 1);
    }

    assertThat(registry.find(MetricNames.CLIENT_DURATION).timers()).hasSize(4);
    assertThat(registry.get(MetricNames.CLIENT_DURATION).tag("method", "overflow").timer().count())
        .isEqualTo(2);
    assertThat(registry.find(MetricNames.ATTEMPT_DURATION).timers()).hasSize(4);
    assertThat(registry.get(MetricNames.OVERFLOW).tag("side", "client").counter().count())
        .isEqualTo(2);
    assertThat(registry.get(MetricNames.OVERFLOW).tag("side", "server").counter().count()).isZero();
  }

  @Test
  void aFiveTupleThatHasSeriesKeepsThemWhenTheBoundIsReached() {
    for (int i = 1; i <= 5; i++) {
      meters.client(key(i));
    }
    meters.client(key(2)).record(RpcCode.OK, 1);

    assertThat(registry.get(MetricNames.CLIENT_DURATION).timer().getId().getTag("method"))
        .isEqualTo("Method2");
  }

  @Test
  void aBoundBelowOneIsRefused() {
    assertThatThrownBy(() -> new RpcMeters(registry, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void aGaugeTellsOfTheLinkThatIsThereNowAndGoesWithTheLastOne() {
    PathGauges gauges = meters.gauges(Side.CLIENT, key(1));
    gauges.show(List.of(new Shows("rpc.test.level", () -> 1)));
    assertThat(registry.get("rpc.test.level").gauge().value()).isEqualTo(1);
    assertThat(labels("rpc.test.level")).containsExactly(with());

    gauges.show(List.of(new Shows("rpc.test.level", () -> 2)));
    assertThat(registry.get("rpc.test.level").gauge().value()).isEqualTo(2);

    gauges.show(List.of());
    assertThat(registry.find("rpc.test.level").gauges()).isEmpty();
  }

  @Test
  void chainsOfOneFiveTupleShareAGaugeThatAddsThemUpUntilTheLastIsGone() {
    PathGauges one = meters.gauges(Side.CLIENT, key(1));
    PathGauges other = meters.gauges(Side.CLIENT, key(1));
    one.show(List.of(new Shows("rpc.test.level", () -> 1)));
    other.show(List.of(new Shows("rpc.test.level", () -> 3)));
    assertThat(registry.get("rpc.test.level").gauges()).hasSize(1);
    assertThat(registry.get("rpc.test.level").gauge().value()).isEqualTo(4);

    one.show(List.of());
    assertThat(registry.get("rpc.test.level").gauge().value()).isEqualTo(3);
    other.show(List.of());
    assertThat(registry.find("rpc.test.level").gauges()).isEmpty();
  }

  @Test
  void ofStatesThatAreWorseTheHigherTheyAreTheWorstIsShown() {
    for (int state : List.of(0, 2, 1)) {
      meters
          .gauges(Side.CLIENT, key(1))
          .show(List.of(new Shows("rpc.test.state", () -> state, Gauge.Together.GREATEST)));
    }

    assertThat(registry.get("rpc.test.state").gauge().value()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void whatOneChainDoesNotKnowIsLeftOutAndOnlyIfNoneKnowsItIsUnknown(Gauge.Together together) {
    PathGauges one = meters.gauges(Side.CLIENT, key(1));
    PathGauges other = meters.gauges(Side.CLIENT, key(1));
    one.show(List.of(new Shows("rpc.test.level", () -> Double.NaN, together)));
    other.show(List.of(new Shows("rpc.test.level", () -> 3, together)));
    assertThat(registry.get("rpc.test.level").gauge().value()).isEqualTo(3);

    other.show(List.of());
    assertThat(registry.get("rpc.test.level").gauge().value()).isNaN();
  }

  @Test
  void pastTheBoundNoGaugeIsShown() {
    for (int i = 1; i <= 4; i++) {
      meters.gauges(Side.SERVER, key(i)).show(List.of(new Shows("rpc.test.level", () -> 1)));
    }

    assertThat(registry.find("rpc.test.level").gauges()).hasSize(3);
  }

  private List<List<String>> labels(String name) {
    return registry.find(name).meters().stream()
        .map(Meter::getId)
        .map(id -> id.getTags().stream().map(Tag::getKey).sorted().toList())
        .toList();
  }

  private static List<String> with(String... more) {
    return Stream.of(FIVE_TUPLE, more).flatMap(Stream::of).sorted().toList();
  }

  private static CallKey key(int number) {
    return new CallKey("gateway", "default", "user-service", "default", "Method" + number);
  }

  private record Shows(String gauge, DoubleSupplier value, Gauge.Together together)
      implements Middleware {

    Shows(String gauge, DoubleSupplier value) {
      this(gauge, value, Gauge.Together.SUM);
    }

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      return next.invoke(call);
    }

    @Override
    public List<Gauge> gauges() {
      return List.of(new Gauge(gauge, value, together));
    }
  }
}

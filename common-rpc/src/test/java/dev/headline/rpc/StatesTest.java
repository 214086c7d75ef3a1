package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RoutePolicy;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.user.v1.BatchGetResponse;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What metrics say of the links of a chain that is in use. */
class StatesTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Traced services = new Traced(Sampler.alwaysOff());

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void callsThatAreOutAndCallsThatWaitAreShownAndTheWaitIsAPhase() throws IOException {
    services.policies.publish(
        new PolicyTable(
            CallPolicy.within(LONG).with(new LimitPolicy(1, Duration.ofSeconds(10), 5)),
            List.of()));
    var goOn = new CountDownLatch(1);
    services.serve(
        "user-service",
        request -> {
          OverEachTransport.await(goOn);
          return Users.everybody(request);
        });
    var stub = services.stub("gateway", "user-service");

    try (var request = Pair.request(LONG)) {
      Fork<BatchGetResponse> one = request.context().fork(() -> stub.batchGet(Users.ask(1)));
      Fork<BatchGetResponse> other = request.context().fork(() -> stub.batchGet(Users.ask(2)));
      Awaitility.await()
          .untilAsserted(() -> assertThat(gauge(MetricNames.CLIENT_WAITING)).isEqualTo(1));
      assertThat(gauge(MetricNames.CLIENT_IN_FLIGHT)).isEqualTo(1);
      assertThat(gauge(MetricNames.CLIENT_LIMIT)).isEqualTo(1);
      assertThat(gauge(MetricNames.BREAKER_STATE)).isZero();
      assertThat(gauge(MetricNames.EJECTED)).isZero();
      goOn.countDown();
      one.join();
      other.join();
    }

    assertThat(phases("queue")).isEqualTo(1);
    assertThat(phases("wait")).as("of the first of two attempts").isEqualTo(1);
    assertThat(gauge(MetricNames.CLIENT_WAITING)).isZero();
  }

  @Test
  void aNewLimitIsShownInPlaceOfTheOldOne() throws IOException {
    services.serve("user-service", Users::everybody);
    var stub = services.stub("gateway", "user-service");
    for (int limit : List.of(3, 7)) {
      services.policies.publish(
          new PolicyTable(
              CallPolicy.within(LONG).with(new LimitPolicy(limit, Duration.ZERO, 0)), List.of()));
      assertThat(stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
      assertThat(gauge(MetricNames.CLIENT_LIMIT)).isEqualTo(limit);
    }
  }

  @Test
  void aClusterThatNoCallGoesToAnyMoreIsShownNoMore() throws IOException {
    services.serve("user-service", Users::everybody);
    var stub = services.stub("gateway", "user-service");
    assertThat(stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    assertThat(clusters()).containsExactly("default");

    services.policies.publish(
        new PolicyTable(
            CallPolicy.DEFAULT.with(new RoutePolicy(Map.of("blue", 1), Map.of())), List.of()));
    assertThatThrownBy(() -> stub.batchGet(Users.ask(1)))
        .hasMessageContaining("No instance of user-service in cluster blue is known");
    assertThat(clusters()).containsExactly("blue");
  }

  @Test
  void twoClientsThatCallAlikeAreShownTogether() throws IOException {
    var goOn = new CountDownLatch(1);
    services.serve(
        "user-service",
        request -> {
          OverEachTransport.await(goOn);
          return Users.everybody(request);
        });
    services.policies.publish(new PolicyTable(CallPolicy.within(LONG), List.of()));
    var one = services.stub("gateway", "user-service");
    var other = services.stub("gateway", "user-service");

    try (var request = Pair.request(LONG)) {
      Fork<BatchGetResponse> first = request.context().fork(() -> one.batchGet(Users.ask(1)));
      Fork<BatchGetResponse> second = request.context().fork(() -> other.batchGet(Users.ask(2)));
      Awaitility.await()
          .untilAsserted(() -> assertThat(gauge(MetricNames.CLIENT_IN_FLIGHT)).isEqualTo(2));
      goOn.countDown();
      first.join();
      second.join();
    }
  }

  private List<String> clusters() {
    return services.registry.get(MetricNames.BREAKER_STATE).gauges().stream()
        .map(gauge -> gauge.getId().getTag("to_cluster"))
        .toList();
  }

  private double gauge(String name) {
    return services.registry.get(name).tag("to", "user-service").gauge().value();
  }

  private long phases(String phase) {
    return services.registry.get(MetricNames.PHASE_DURATION).tag("phase", phase).timer().count();
  }
}

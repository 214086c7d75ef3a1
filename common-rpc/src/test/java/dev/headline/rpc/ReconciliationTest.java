package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a client says that it sent is what its servers say that they got. */
class ReconciliationTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int CALLS = 50;

  @Test
  void attemptsOfTheClientAreTheCallsOfTheServerByEveryLabel() throws IOException {
    try (var hops = new Traced(Sampler.alwaysOn())) {
      hops.policies.publish(
          new PolicyTable(CallPolicy.within(LONG).with(new BudgetPolicy(100, 1_000)), List.of()));
      var turn = new AtomicInteger();
      hops.serve(
          "user-service",
          request -> {
            if (turn.getAndIncrement() % 3 == 0) {
              throw new RpcException(RpcCode.UNAVAILABLE, "Not this time");
            }
            return Users.everybody(request);
          });
      var stub = hops.stub("gateway", "user-service");

      try (var request = Pair.request(LONG)) {
        request.context().run(() -> ask(stub));
      }

      Awaitility.await()
          .untilAsserted(
              () -> assertThat(count(hops, MetricNames.SERVER_DURATION)).isEqualTo(turn.get()));
      assertThat(count(hops, MetricNames.CLIENT_DURATION)).isEqualTo(CALLS);
      assertThat(count(hops, MetricNames.ATTEMPT_DURATION))
          .isEqualTo(turn.get())
          .isGreaterThan(CALLS);
      assertThat(count(hops, MetricNames.ATTEMPT_DURATION, "kind", "first")).isEqualTo(CALLS);
      assertThat(count(hops, MetricNames.ATTEMPT_DURATION, "kind", "retry"))
          .isEqualTo(turn.get() - CALLS);
      assertThat(
              hops.registry
                  .get(MetricNames.CLIENT_DECISIONS)
                  .tag("outcome", "retried")
                  .counter()
                  .count())
          .isEqualTo(turn.get() - CALLS);
      // A span for each call, attempt and arrival; attempts are where the calls are.
      assertThat(hops.spans(CALLS + 2 * turn.get())).hasSize(CALLS + 2 * turn.get());
      for (RpcCode code : RpcCode.values()) {
        assertThat(count(hops, MetricNames.ATTEMPT_DURATION, "code", code.name()))
            .as("attempts that ended as %s", code)
            .isEqualTo(count(hops, MetricNames.SERVER_DURATION, "code", code.name()));
      }
    }
  }

  private static void ask(UserServiceBlockingStub stub) {
    for (int i = 0; i < CALLS; i++) {
      assertThat(stub.batchGet(Users.ask(i)).getUsersCount()).isEqualTo(1);
    }
  }

  private static long count(Traced hops, String name, String... labels) {
    Collection<Timer> timers = hops.registry.find(name).tags(labels).timers();
    return timers.stream().mapToLong(Timer::count).sum();
  }
}

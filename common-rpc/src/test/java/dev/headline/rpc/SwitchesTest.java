package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.DegradePolicy;
import dev.headline.rpc.policy.RoutePolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are left out or sent elsewhere on purpose, from the next call on. */
@ParameterizedClass
@EnumSource
class SwitchesTest extends WithFallbacks {

  SwitchesTest(Transport transport) {
    super(transport);
  }

  @Test
  void fallbackAboveDegradeACallThatIsSwitchedOffIsAnsweredWithoutBeingMade() {
    publish(PATIENT.with(switchedOff()));

    assertThat(name()).isEqualTo("stand-in for UNAVAILABLE");
    assertThat(users.calls).hasValue(0);

    publish(PATIENT);
    assertThat(name()).isEmpty();
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void degradeBeneathMeteringACallThatIsSwitchedOffIsCounted() {
    publish(PATIENT.with(switchedOff()));

    assertThat(failureOfCall()).hasMessageContaining("is switched off by policy until");
    assertThat(pair.series(MetricNames.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=UNAVAILABLE");
  }

  @Test
  void degradeAboveRetryACallThatIsSwitchedOffIsNotTriedAgain() {
    publish(PATIENT.with(switchedOff()));
    var passed = new AtomicInteger();
    Suite count =
        Suite.named("count")
            .with(
                Place.AROUND_CALL,
                _ ->
                    new Middleware() {
                      @Override
                      public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
                        passed.incrementAndGet();
                        return next.invoke(call);
                      }
                    });
    try (var other = new Clients(Pair.GATEWAY, pair.directory, governed.with(List.of(count)))) {
      assertThat(ask(other)).isEqualTo("stand-in for UNAVAILABLE");
      Explanation explanation = other.explanations().getFirst();
      assertThat(explanation.decisions())
          .extracting(Decision::outcome)
          .containsExactly("fallback", "switched off");
    }
    assertThat(passed).hasValue(0);
  }

  @Test
  void degradeBeneathDeadlineBudgetACallWithoutTimeIsToldSo() {
    publish(PATIENT.with(switchedOff()));
    try (var request = Pair.request(LONG)) {
      request.cancel("The client has left");

      assertThat(request.context().call(this::failureOfCall).code()).isEqualTo(RpcCode.CANCELLED);
    }
  }

  @Test
  void anotherClusterIsSwitchedToWithTheNextCallAndALaneLeadsToAThird() throws IOException {
    var green = new Users();
    green.answer = request -> Users.named("green");
    var canary = new Users();
    canary.answer = request -> Users.named("canary");
    try (var _ = serve("green", green);
        var _ = serve("canary", canary)) {
      publish(route(Map.of("green", 1), Map.of("next", "canary")));
      Awaitility.await().until(() -> clients.isReady("user-service"));
      Awaitility.await().until(() -> inLane("next").equals("canary"));

      assertThat(name()).isEqualTo("green");
      publish(PATIENT);
      assertThat(name()).isEmpty();
      assertThat(inLane("next")).isEmpty();
    }
    assertThat(users.calls).hasValue(2);
  }

  private GovernedServer serve(String cluster, Users service) throws IOException {
    var server =
        new GovernedServer(
            new Caller("user-service", cluster), address(), List.of(service), governed, false);
    Address address = server.start();
    pair.directory.register(new Instance(cluster + "-1", "user-service", cluster, address, 100));
    return server;
  }

  private static CallPolicy route(Map<String, Integer> weights, Map<String, String> lanes) {
    return PATIENT.with(new RoutePolicy(weights, lanes));
  }

  private static DegradePolicy switchedOff() {
    return new DegradePolicy.On(Instant.now().plusSeconds(600), "On purpose");
  }

  private String inLane(String lane) {
    var origin = Origin.of(Pair.GATEWAY).with(Baggage.EMPTY.withPersistent(Baggage.LANE, lane));
    try (var request = RequestContext.open(origin, LONG)) {
      return request.context().call(this::name);
    }
  }
}

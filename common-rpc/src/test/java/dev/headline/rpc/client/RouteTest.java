package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.Target;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.RoutePolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which cluster calls go to. */
class RouteTest extends RoutedCalls {

  @Test
  void withoutARuleAllCallsGoToTheClusterThatTheClientCalls() {
    assertThat(callsByCluster(100)).isEqualTo(Map.of("default", 100));
    assertThat(made).containsExactly("default");
  }

  @Test
  void callsAreSpreadByWeight() throws IOException {
    run("blue", "green");
    weigh(Map.of("blue", 90, "green", 10));

    Map<String, Integer> calls = callsByCluster(1_000);

    assertThat(calls).containsOnlyKeys("blue", "green");
    assertThat(calls.get("green")).isCloseTo(100, within(30));
    assertThat(decisions()).isEmpty();
  }

  @Test
  void aClusterWithoutAShareGetsNothingEvenIfItIsTheOnlyOneThatRuns() throws IOException {
    run("green");
    weigh(Map.of("blue", 100, "green", 0));

    assertThat(callsByCluster(50)).isEqualTo(Map.of("blue", 50));
  }

  @Test
  void theShareOfAClusterWithoutInstancesGoesToTheOthersByWeight() throws IOException {
    run("green", "red");
    weigh(Map.of("blue", 800, "green", 150, "red", 50));

    Map<String, Integer> calls = callsByCluster(1_000);

    assertThat(calls).containsOnlyKeys("green", "red");
    assertThat(calls.get("red")).isCloseTo(250, within(40));
    assertThat(decisions())
        .first()
        .satisfies(
            decision -> {
              assertThat(decision.link()).isEqualTo("Route");
              assertThat(decision.outcome()).isEqualTo("other cluster");
              assertThat(decision.reason()).contains("cluster blue");
            });
  }

  @Test
  void whereNoClusterHasAnInstanceTheOneThatIsDrawnSaysSo() {
    weigh(Map.of("blue", 50, "green", 50));

    assertThat(callsByCluster(100)).containsOnlyKeys("blue", "green");
    assertThat(decisions()).isEmpty();
  }

  @Test
  void aRequestInALaneGoesToTheClusterOfTheLaneAndAllOthersByWeight() throws IOException {
    run("blue", "green");
    publish(new RoutePolicy(Map.of("blue", 1), Map.of("canary", "green")));

    assertThat(inLane("canary", 20)).isEqualTo(Map.of("green", 20));
    assertThat(inLane("unknown", 20)).isEqualTo(Map.of("blue", 20));
    assertThat(callsByCluster(20)).isEqualTo(Map.of("blue", 20));
    assertThat(decisions()).isEmpty();
  }

  @Test
  void aTransientPieceIsNoLane() throws IOException {
    run("default", "green");
    publish(new RoutePolicy(Map.of(), Map.of("canary", "green")));

    assertThat(with(Baggage.EMPTY.withTransient(Baggage.LANE, "canary"), 5))
        .isEqualTo(Map.of("default", 5));
  }

  @Test
  void aLaneWhoseClusterHasNoInstanceFallsBackToTheBase() throws IOException {
    run("default");
    publish(new RoutePolicy(Map.of(), Map.of("canary", "green")));

    assertThat(inLane("canary", 1)).isEqualTo(Map.of("default", 1));
    assertThat(decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.outcome()).isEqualTo("lane left");
              assertThat(decision.reason()).contains("cluster green", "lane canary");
            });

    run("green");
    assertThat(inLane("canary", 5)).isEqualTo(Map.of("green", 5));
  }

  @Test
  void aNewPolicySwitchesTheNextCallAndComposesEachChainOnce() throws IOException {
    run("blue", "green");
    weigh(Map.of("blue", 100, "green", 0));
    assertThat(callsByCluster(10)).isEqualTo(Map.of("blue", 10));

    weigh(Map.of("blue", 0, "green", 100));
    assertThat(callsByCluster(10)).isEqualTo(Map.of("green", 10));
    weigh(Map.of("blue", 100, "green", 0));
    assertThat(callsByCluster(10)).isEqualTo(Map.of("blue", 10));

    assertThat(made).containsExactlyInAnyOrder("default", "blue", "green");
    assertThat(arrived).first().isNotSameAs(arrived.getLast());
    assertThat(Stream.of(arrived.getFirst(), arrived.getLast()).map(Target::decisions).distinct())
        .as("what the chain to a cluster has learned")
        .hasSize(1);
  }

  @Test
  void aCallThatIsOutFinishesInTheChainThatItBeganIn() {
    Target before = route.unrouted();
    publish(CallPolicy.DEFAULT.with(TimeoutPolicy.ofTotal(LONG)));
    callsByCluster(1);

    assertThat(before.policy()).isEqualTo(CallPolicy.DEFAULT);
    assertThat(arrived.getLast().policy().timeout().total()).isEqualTo(LONG);
  }

  @Test
  void itSaysWhereCallsGo() throws IOException {
    run("blue", "green");
    publish(new RoutePolicy(Map.of("blue", 90, "green", 10), Map.of("canary", "green")));

    assertThat(route.explanations())
        .extracting(explanation -> explanation.key().toCluster())
        .containsExactly("blue", "green");
    assertThat(route.explanations().getFirst().chain())
        .contains(
            new Explanation.Step(
                "Route",
                "calls go by weight to {blue=90, green=10}, those in a lane to {canary=green}"));
  }

  @Test
  void whatItSaysIsOfOneEditionThoughAnotherIsPublishedMeanwhile() {
    weigh(Map.of("blue", 1, "green", 1));
    // Another edition comes while the links of the first cluster are asked.
    publisher = () -> publish(CallPolicy.DEFAULT.with(TimeoutPolicy.ofTotal(LONG)));

    List<Explanation> explanations = route.explanations();

    assertThat(explanations).extracting(Explanation::edition).containsExactly(2L, 2L);
    assertThat(policies.current().number()).isGreaterThan(2);
  }
}

package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decision;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Place;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Suite;
import dev.headline.rpc.Target;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RoutePolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which cluster calls go to. Instances are real ones; calls end before they are sent. */
class RouteTest {

  private static final Caller GATEWAY = new Caller("gateway", "default");

  /** Answers before an instance is picked, because some clusters have none. */
  private static final Suite ANSWER =
      Suite.named("answer").with(Place.AROUND_CALL, _ -> new Answer());

  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<Server> servers = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final Connections connections = new Connections("user-service");
  private final Policies policies = new Policies(PolicyTable.DEFAULT);
  private final Governance governance =
      Governance.of(policies, new RpcMeters(new SimpleMeterRegistry()));
  private final List<Target> arrived = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  private final Route route = new Route(policies, "default", new Random(7), this::stack);

  @AfterEach
  void close() {
    connections.close();
    servers.forEach(Server::shutdownNow);
  }

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

  private void weigh(Map<String, Integer> weights) {
    publish(new RoutePolicy(weights, Map.of()));
  }

  private void publish(RoutePolicy policy) {
    publish(CallPolicy.DEFAULT.with(policy));
  }

  private void publish(CallPolicy policy) {
    policies.publish(new PolicyTable(policy, List.of()));
  }

  private Map<String, Integer> inLane(String lane, int calls) {
    return with(Baggage.EMPTY.withPersistent(Baggage.LANE, lane), calls);
  }

  private Map<String, Integer> callsByCluster(int calls) {
    return with(Baggage.EMPTY, calls);
  }

  private Map<String, Integer> with(Baggage baggage, int calls) {
    Map<String, Integer> byCluster = new TreeMap<>();
    try (var request = RequestContext.open(Origin.of(GATEWAY).with(baggage), LONG)) {
      for (int i = 0; i < calls; i++) {
        var call =
            new Call<>(
                UserServiceGrpc.getBatchGetMethod(),
                BatchGetRequest.getDefaultInstance(),
                route.unrouted(),
                new Metadata());
        request.context().run(() -> route.invoke(call));
        arrived.add(call.target());
        byCluster.merge(call.target().key().toCluster(), 1, Integer::sum);
      }
    }
    return byCluster;
  }

  private List<Decision> decisions() {
    return arrived.stream()
        .distinct()
        .flatMap(target -> target.decisions().latest().stream())
        .toList();
  }

  private ClientStack stack(String cluster) {
    made.add(cluster);
    var callee =
        new Callee(
            new CallKey("gateway", "default", "user-service", cluster, "BatchGet"),
            UserServiceGrpc.getBatchGetMethod(),
            connections,
            new StampHeaders(GATEWAY),
            governance.decisions(),
            governance.with(List.of(ANSWER)));
    return new ClientStack(callee);
  }

  private void run(String... clusters) throws IOException {
    for (String cluster : clusters) {
      String name = UUID.randomUUID().toString();
      servers.add(InProcessServerBuilder.forName(name).directExecutor().build().start());
      instances.add(
          new Instance(
              cluster + "-1",
              "user-service",
              cluster,
              new Address.InProcess(name),
              Instance.DEFAULT_WEIGHT));
    }
    connections.update(instances);
    for (String cluster : clusters) {
      Awaitility.await().until(() -> connections.isReady(cluster));
    }
  }

  private static final class Answer implements Middleware {

    // It is asked for nothing else.
    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      return (R) BatchGetResponse.getDefaultInstance();
    }
  }
}

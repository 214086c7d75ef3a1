package dev.headline.rpc.client;

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
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RoutePolicy;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Calls between clusters whose instances are real ones. They end before they are sent. */
abstract class RoutedCalls {

  private static final Caller GATEWAY = new Caller("gateway", "default");

  static final Duration LONG = Duration.ofSeconds(20);

  private final List<Server> servers = new ArrayList<>();

  private final List<Instance> instances = new ArrayList<>();

  final Connections connections = new Connections("user-service");

  final Policies policies = new Policies(PolicyTable.DEFAULT);

  private final Governance governance =
      Governance.of(policies, new RpcMeters(new SimpleMeterRegistry()));

  final List<Target> arrived = new ArrayList<>();

  final List<String> made = new ArrayList<>();

  /** Answers before an instance is picked, because some clusters have none. */
  private final Suite answering = Suite.named("answer").with(Place.AROUND_CALL, _ -> new Answer());

  /** Done while a chain is asked what it is. */
  Runnable publisher = () -> {};

  final Route route = new Route(policies, "default", new Random(7), this::stack);

  @AfterEach
  void close() {
    connections.close();
    servers.forEach(Server::shutdownNow);
  }

  void weigh(Map<String, Integer> weights) {
    publish(new RoutePolicy(weights, Map.of()));
  }

  void publish(RoutePolicy policy) {
    publish(CallPolicy.DEFAULT.with(policy));
  }

  void publish(CallPolicy policy) {
    policies.publish(new PolicyTable(policy, List.of()));
  }

  Map<String, Integer> inLane(String lane, int calls) {
    return with(Baggage.EMPTY.withPersistent(Baggage.LANE, lane), calls);
  }

  Map<String, Integer> callsByCluster(int calls) {
    return with(Baggage.EMPTY, calls);
  }

  Map<String, Integer> with(Baggage baggage, int calls) {
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

  List<Decision> decisions() {
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
            governance.with(List.of(answering)));
    return new ClientStack(callee);
  }

  void run(String... clusters) throws IOException {
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

  private final class Answer implements Middleware {

    // It is asked for nothing else.
    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      return (R) BatchGetResponse.getDefaultInstance();
    }

    @Override
    public String describe() {
      publisher.run();
      return "";
    }
  }
}

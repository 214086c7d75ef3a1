package dev.headline.rpc.spring;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.PolicyLayers;
import dev.headline.rpc.telemetry.Side;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Answers at the management address why calls go the way they go: {@code /actuator/governance}. */
@Endpoint(id = "governance")
final class GovernanceEndpoint {

  private final PolicyLayers layers;
  private final Clients clients;
  private final Supplier<List<Explanation>> served;

  GovernanceEndpoint(PolicyLayers layers, Clients clients, Supplier<List<Explanation>> served) {
    this.layers = layers;
    this.clients = clients;
    this.served = served;
  }

  /**
   * What this instance governs.
   *
   * @param edition the number of the policies that hold
   * @param problem why the last document was not taken; null if it was
   * @param called the five-tuples that it has called
   * @param served the five-tuples that it was called by
   */
  record Overview(
      long edition, @Nullable String problem, List<String> called, List<String> served) {}

  @ReadOperation
  Overview overview() {
    return new Overview(
        layers.policies().current().number(),
        layers.problem().orElse(null),
        keys(clients.explanations()),
        keys(served.get()));
  }

  /** All clusters of one way from a service to a method of another. */
  @ReadOperation
  List<Explanation> explain(@Selector String from, @Selector String to, @Selector String method) {
    Predicate<Explanation> wanted =
        each ->
            each.key().from().equals(from)
                && each.key().to().equals(to)
                && each.key().method().equals(method);
    List<Explanation> known =
        Stream.concat(clients.explanations().stream(), served.get().stream())
            .filter(wanted)
            .toList();
    return known.isEmpty() ? List.of(ofPolicy(from, to, method)) : known;
  }

  private Explanation ofPolicy(String from, String to, String method) {
    var key = new CallKey(from, CallKey.DEFAULT_CLUSTER, to, CallKey.DEFAULT_CLUSTER, method);
    return Explanation.ofPolicy(Side.CLIENT, key, layers.policies().current());
  }

  private static List<String> keys(List<Explanation> explanations) {
    return explanations.stream().map(each -> each.key().toString()).distinct().sorted().toList();
  }
}

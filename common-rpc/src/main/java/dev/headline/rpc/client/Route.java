package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Path;
import dev.headline.rpc.Target;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.telemetry.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Completes the five-tuple of a call: picks the cluster that it goes to, and with it the chain that
 * it passes. There is one for each method that a client calls.
 *
 * <p>A change of the policies holds for the next call; those that are out finish in the chain that
 * they have begun in. What a chain to a cluster has learned is kept, also while no call goes there.
 */
final class Route implements Endpoint {

  private final Policies policies;
  private final String cluster;
  private final RandomGenerator random;
  private final Function<String, ClientStack> stackOf;
  private final Map<String, ClientStack> stacks = new HashMap<>();
  private volatile Routes routes;
  private boolean closed;

  /**
   * @param policies looked at before each call
   * @param cluster where calls go that no rule routes elsewhere
   * @param random draws the cluster, where there are several; safe for many threads
   * @param stackOf makes the stack of the method in a cluster
   */
  Route(
      Policies policies,
      String cluster,
      RandomGenerator random,
      Function<String, ClientStack> stackOf) {
    this.policies = policies;
    this.cluster = cluster;
    this.random = random;
    this.stackOf = stackOf;
    this.routes = Routes.of(policies.current(), cluster, this::stack);
    show(routes.all());
  }

  /** What is known of a call before it is routed. */
  Target unrouted() {
    return routes.base().target();
  }

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    Path path = routes().pick(random);
    call.target(path.target());
    return path.chain().invoke(call);
  }

  /** All that is known of the calls that pass here, for each cluster that they may go to. */
  List<Explanation> explanations() {
    Routes now = routes();
    return now.all().stream()
        .map(
            path ->
                Explanation.of(
                    Side.CLIENT,
                    path,
                    now.edition(),
                    List.of(new Explanation.Step("Route", now.describe())),
                    new Explanation.Step("Send", "")))
        .toList();
  }

  private Routes routes() {
    Routes known = routes;
    return known.edition().number() == policies.current().number() ? known : renew();
  }

  private synchronized Routes renew() {
    Policies.Edition edition = policies.current();
    if (routes.edition().number() != edition.number()) {
      routes = Routes.of(edition, cluster, this::stack);
      show(closed ? Set.of() : routes.all());
    }
    return routes;
  }

  /** Shows in metrics the state of the clusters that calls may go to, and of no other. */
  private void show(Set<Path> ways) {
    Map<String, List<Middleware>> shown = new HashMap<>();
    ways.forEach(way -> shown.put(way.target().key().toCluster(), way.links()));
    stacks.forEach((name, stack) -> stack.show(shown.getOrDefault(name, List.of())));
  }

  /** Shows nothing in metrics any more. */
  synchronized void close() {
    closed = true;
    show(Set.of());
  }

  private ClientStack stack(String name) {
    return stacks.computeIfAbsent(name, stackOf);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Path;
import dev.headline.rpc.Target;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.Policies;
import java.util.List;
import java.util.function.Function;

/**
 * Completes the five-tuple of a call: picks the cluster that it goes to, and with it the chain that
 * it passes. There is one for each method that a client calls.
 */
final class Route implements Endpoint {

  private final Policies policies;
  private final ClientStack stack;
  private volatile Path path;

  /**
   * @param policies looked at before each call, so that a change holds for the next one
   * @param cluster where calls go that no rule routes elsewhere
   * @param stackOf makes the stack of the method in a cluster
   */
  Route(Policies policies, String cluster, Function<String, ClientStack> stackOf) {
    this.policies = policies;
    this.stack = stackOf.apply(cluster);
    this.path = stack.compose(policies.current());
  }

  /** What is known of a call before it is routed. */
  Target unrouted() {
    return path.target();
  }

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    Path now = path();
    call.target(now.target());
    return now.chain().invoke(call);
  }

  /** All that is known of the calls that pass here. */
  List<Explanation> explanations() {
    return List.of(
        Explanation.of(
            Explanation.Side.CLIENT,
            path(),
            policies.current(),
            List.of(new Explanation.Step("Route", describe())),
            new Explanation.Step("Send", "")));
  }

  private String describe() {
    return "all calls go to " + path.target().key().toCluster();
  }

  private Path path() {
    Path known = path;
    return known.edition() == policies.current().number() ? known : renew();
  }

  private synchronized Path renew() {
    Policies.Edition edition = policies.current();
    if (path.edition() != edition.number()) {
      path = stack.compose(edition);
    }
    return path;
  }
}

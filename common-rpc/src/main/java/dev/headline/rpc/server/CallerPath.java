package dev.headline.rpc.server;

import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.telemetry.Side;
import java.util.List;

/**
 * The way of one caller's calls to one method, composed anew when the policies have changed. Safe
 * for many threads.
 */
final class CallerPath {

  private final Policies policies;
  private final ServerStack stack;
  private volatile Way way;

  CallerPath(Policies policies, ServerStack stack) {
    this.policies = policies;
    this.stack = stack;
    this.way = stack.compose(policies.current());
  }

  /** As the policies that hold now want it. */
  Way current() {
    Way known = way;
    return known.path().edition() == policies.current().number() ? known : renew();
  }

  /** All that is known of the calls that pass here. */
  Explanation explanation() {
    return Explanation.of(
        Side.SERVER,
        current().path(),
        policies.current(),
        List.of(),
        new Explanation.Step("handler", ""));
  }

  private synchronized Way renew() {
    Policies.Edition edition = policies.current();
    if (way.path().edition() != edition.number()) {
      way = stack.compose(edition);
    }
    return way;
  }
}

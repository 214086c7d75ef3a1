package dev.headline.rpc.server;

import dev.headline.rpc.Path;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.Policies;
import java.util.List;

/**
 * The way of one caller's calls to one method, composed anew when the policies have changed. Safe
 * for many threads.
 */
final class CallerPath {

  private final Policies policies;
  private final ServerStack stack;
  private volatile Path path;

  CallerPath(Policies policies, ServerStack stack) {
    this.policies = policies;
    this.stack = stack;
    this.path = stack.compose(policies.current());
  }

  /** As the policies that hold now want it. */
  Path current() {
    Path known = path;
    return known.edition() == policies.current().number() ? known : renew();
  }

  /** All that is known of the calls that pass here. */
  Explanation explanation() {
    return Explanation.of(
        Explanation.Side.SERVER,
        current(),
        policies.current(),
        List.of(),
        new Explanation.Step("handler", ""));
  }

  private synchronized Path renew() {
    Policies.Edition edition = policies.current();
    if (path.edition() != edition.number()) {
      path = stack.compose(edition);
    }
    return path;
  }
}

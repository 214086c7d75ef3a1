package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyMatch;
import dev.headline.rpc.policy.PolicyRule;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of callers that some rule of the policies speaks of. Operators write rules, and callers
 * do not, so nobody can raise their number from outside.
 *
 * @param edition the number of the policies
 * @param services that a rule names
 * @param clusters that a rule names, and the one of everything that does not name one
 */
record NamedCallers(long edition, Set<String> services, Set<String> clusters) {

  /** Stands for every name that no rule speaks of. */
  static final String OTHER = "other";

  private static final Caller STRANGERS = new Caller(OTHER, OTHER);

  static NamedCallers of(Policies.Edition policies) {
    Set<String> services = new HashSet<>();
    Set<String> clusters = new HashSet<>();
    clusters.add(CallKey.DEFAULT_CLUSTER);
    for (PolicyRule rule : policies.table().rules()) {
      PolicyMatch match = rule.match();
      if (match.from() != null) {
        services.add(match.from());
      }
      if (match.fromCluster() != null) {
        clusters.add(match.fromCluster());
      }
    }
    return new NamedCallers(policies.number(), services, clusters);
  }

  /**
   * As much of a caller's name as the rules speak of, and {@value #OTHER} for the rest. The rules
   * say the same of both.
   */
  Caller known(Caller caller) {
    return new Caller(known(services, caller.service()), known(clusters, caller.cluster()));
  }

  /**
   * Whom a caller's requests are counted with when a server shares out its room: all services that
   * no rule names are one, so that inventing names makes nobody's share larger.
   */
  Caller counted(Caller caller) {
    return services.contains(caller.service()) ? known(caller) : STRANGERS;
  }

  /** Whether the rules speak of the whole name of a caller. */
  boolean know(Caller caller) {
    return known(caller).equals(caller);
  }

  private static String known(Set<String> named, String name) {
    return named.contains(name) ? name : OTHER;
  }
}

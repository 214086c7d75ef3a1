package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.util.List;

/**
 * The policies of all calls: defaults, and rules that are read from top to bottom, where a later
 * rule overrides only what it names. A value; never changes.
 *
 * @param defaults what holds where no rule says otherwise
 * @param rules read in order
 */
public record PolicyTable(CallPolicy defaults, List<PolicyRule> rules) {

  /** The table without rules. */
  public static final PolicyTable DEFAULT = new PolicyTable(CallPolicy.DEFAULT, List.of());

  public PolicyTable {
    rules = List.copyOf(rules);
  }

  /**
   * The policy of one class of calls. Walks the rules: ask once for each five-tuple, not for each
   * call.
   */
  public CallPolicy policyOf(CallKey key) {
    CallPolicy policy = defaults;
    for (PolicyRule rule : rules) {
      if (rule.matches(key)) {
        policy = rule.apply(policy);
      }
    }
    return policy;
  }
}

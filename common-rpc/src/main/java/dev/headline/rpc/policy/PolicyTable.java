package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The policies of all calls: a standard, and rules that are read from top to bottom, where a later
 * rule overrides only what it names. A value; never changes.
 *
 * @param standard what holds where no rule says otherwise
 * @param rules read in order
 */
public record PolicyTable(CallPolicy standard, List<PolicyRule> rules) {

  /** The table without rules. */
  public static final PolicyTable DEFAULT = new PolicyTable(CallPolicy.DEFAULT, List.of());

  /**
   * Checks the rules together, for every five-tuple that they can tell apart.
   *
   * @throws PolicyException if some five-tuple would have an impossible policy
   */
  public PolicyTable {
    rules = List.copyOf(rules);
    PolicyCheck.check(standard, rules);
  }

  /**
   * The policy of one class of calls. Walks the rules: ask once for each five-tuple, not for each
   * call.
   */
  public CallPolicy policyOf(CallKey key) {
    return PolicyBinding.bind(said(key), standard);
  }

  /** The same as {@link #policyOf}, as settings that say where each value comes from. */
  public List<Setting> settingsOf(CallKey key) {
    SortedMap<String, Setting> said = said(key);
    return PolicyListing.of(PolicyBinding.bind(said, standard), said);
  }

  /** The same table with more rules after its own. */
  public PolicyTable and(List<PolicyRule> more) {
    List<PolicyRule> all = new ArrayList<>(rules);
    all.addAll(more);
    return new PolicyTable(standard, all);
  }

  private SortedMap<String, Setting> said(CallKey key) {
    var overlay = new Overlay();
    for (PolicyRule rule : rules) {
      if (rule.match().matches(key)) {
        overlay.add(rule);
      }
    }
    return overlay.settings();
  }
}

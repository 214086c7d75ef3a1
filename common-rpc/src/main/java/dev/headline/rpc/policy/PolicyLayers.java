package dev.headline.rpc.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that a process was started with, and over them those that an operator changes while it
 * runs. A document that cannot be used changes nothing and is reported. Safe for many threads.
 */
public final class PolicyLayers {

  private static final Logger log = LoggerFactory.getLogger(PolicyLayers.class);

  private final PolicyTable base;
  private final Contracts contracts;
  private final Policies policies;
  private @Nullable String held;
  private volatile @Nullable String problem;

  /**
   * @param base what holds where the upper layer says nothing
   * @param contracts what is known of the methods that rules speak of
   * @throws PolicyException if the base has a rule that is not safe
   */
  public PolicyLayers(PolicyTable base, Contracts contracts) {
    this.base = RetryCheck.checked(base, contracts);
    this.contracts = contracts;
    this.policies = new Policies(base);
  }

  /** Where each new table is published. */
  public Policies policies() {
    return policies;
  }

  /**
   * Replaces the upper layer.
   *
   * @param name what to call the document when something comes from it
   * @param text null if there is none any more
   */
  public synchronized void replace(String name, @Nullable String text) {
    if (text == null ? held == null : text.equals(held)) {
      problem = null;
      return;
    }
    try {
      List<PolicyRule> rules = text == null ? List.of() : PolicyDocument.read(name, text);
      policies.publish(RetryCheck.checked(base.and(rules), contracts));
      held = text;
      problem = null;
      log.info("{} has {} rule(s), which hold from now on", name, rules.size());
    } catch (PolicyException e) {
      problem = e.getMessage();
      log.error("The policies stay as they are: {}", e.getMessage());
    }
  }

  /** Why the last document was not taken; empty if it was. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}

package dev.headline.rpc.policy;

import java.util.Optional;

/**
 * Looks for rules that would send a method twice although its contract does not say that this is
 * safe. Only a rule that names the service and the method is meant so: in one for many methods,
 * retries hold for those that may have them.
 */
final class RetryCheck {

  private RetryCheck() {}

  static PolicyTable checked(PolicyTable table, Contracts contracts) {
    table.rules().forEach(rule -> check(rule, contracts));
    return table;
  }

  private static void check(PolicyRule rule, Contracts contracts) {
    String service = rule.match().to();
    String method = rule.match().method();
    if (service == null || method == null) {
      return;
    }
    Setting first = rule.settings().getFirst();
    boolean idempotent;
    try {
      Optional<Boolean> said = contracts.isIdempotent(service, method);
      idempotent = said.orElse(true);
    } catch (IllegalArgumentException e) {
      throw new PolicyException(first.source(), String.valueOf(e.getMessage()));
    }
    for (Setting setting : rule.settings()) {
      if (!idempotent && sendsTwice(setting)) {
        throw new PolicyException(
            setting.source(),
            "%s of %s may not be sent twice: its contract declares no idempotency_level, so %s cannot hold for it"
                .formatted(method, service, setting.name()));
      }
    }
  }

  private static boolean sendsTwice(Setting setting) {
    boolean retries =
        setting.name().equals("retry")
            || setting.name().startsWith("retry.")
            || setting.name().equals("hedge")
            || setting.name().startsWith("hedge.");
    return retries && !setting.value().equals("off");
  }
}

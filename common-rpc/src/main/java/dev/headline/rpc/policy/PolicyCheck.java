package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for five-tuples to which the rules together give an impossible policy. Rules tell
 * five-tuples apart only by the names that they mention, so it is enough to try each of those, and
 * one that none mentions.
 */
final class PolicyCheck {

  private static final int MOST_COMBINATIONS = 100_000;

  /** No rule mentions it, because a document's names begin with a letter or a digit. */
  private static final String ANY_OTHER = "-";

  private PolicyCheck() {}

  static void check(CallPolicy standard, List<PolicyRule> rules) {
    List<String> froms = names(rules, PolicyMatch::from);
    List<String> fromClusters = names(rules, PolicyMatch::fromCluster);
    List<String> tos = names(rules, PolicyMatch::to);
    List<String> toClusters = names(rules, PolicyMatch::toCluster);
    List<String> methods = names(rules, PolicyMatch::method);
    long combinations =
        (long) froms.size() * fromClusters.size() * tos.size() * toClusters.size() * methods.size();
    if (combinations > MOST_COMBINATIONS) {
      throw new PolicyException(
          "the rules",
          "they tell %d five-tuples apart, and more than %d cannot be checked: name fewer services, clusters and methods"
              .formatted(combinations, MOST_COMBINATIONS));
    }
    for (String from : froms) {
      for (String fromCluster : fromClusters) {
        for (String to : tos) {
          for (String toCluster : toClusters) {
            for (String method : methods) {
              check(standard, rules, new CallKey(from, fromCluster, to, toCluster, method));
            }
          }
        }
      }
    }
  }

  private static void check(CallPolicy standard, List<PolicyRule> rules, CallKey key) {
    var overlay = new Overlay();
    rules.stream().filter(rule -> rule.match().matches(key)).forEach(overlay::add);
    PolicyBinding.bind(overlay.settings(), standard);
  }

  private static List<String> names(
      List<PolicyRule> rules, Function<PolicyMatch, @Nullable String> field) {
    Stream<String> mentioned =
        rules.stream().map(PolicyRule::match).map(field).filter(Objects::nonNull).distinct();
    return Stream.concat(mentioned, Stream.of(ANY_OTHER)).toList();
  }
}

package dev.headline.rpc.explain;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decision;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Path;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.Setting;
import dev.headline.rpc.telemetry.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one side knows of the calls of a five-tuple.
 *
 * @param side which side that is
 * @param key the five-tuple
 * @param edition the number of the policies that hold
 * @param settings the effective policy, each value with its source
 * @param chain what a call passes, in order; empty if no call of that kind has been made yet
 * @param decided how many decisions there were since the start
 * @param decisions the last hundred of them, the newest first
 */
public record Explanation(
    Side side,
    CallKey key,
    long edition,
    List<Setting> settings,
    List<Step> chain,
    long decided,
    List<Decision> decisions) {

  /**
   * One link of a chain.
   *
   * @param name the link
   * @param state what it does by its policy and how it stands, in words; empty if its name says it
   *     all
   */
  public record Step(String name, String state) {}

  public Explanation {
    settings = List.copyOf(settings);
    chain = List.copyOf(chain);
    decisions = List.copyOf(decisions);
  }

  /** Of calls that nobody has made yet: only the policy is known. */
  public static Explanation ofPolicy(Side side, CallKey key, Policies.Edition edition) {
    return new Explanation(
        side, key, edition.number(), edition.table().settingsOf(key), List.of(), 0, List.of());
  }

  /**
   * Of the calls that pass a path.
   *
   * @param first what stands before its links
   * @param last what stands after them
   */
  public static Explanation of(
      Side side, Path path, Policies.Edition edition, List<Step> first, Step last) {
    List<Step> chain = new ArrayList<>(first);
    for (Middleware link : path.links()) {
      chain.add(new Step(link.name(), link.describe()));
    }
    chain.add(last);
    CallKey key = path.target().key();
    return new Explanation(
        side,
        key,
        edition.number(),
        edition.table().settingsOf(key),
        chain,
        path.target().decisions().count(),
        path.target().decisions().latest());
  }
}

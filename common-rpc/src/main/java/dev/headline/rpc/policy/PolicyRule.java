package dev.headline.rpc.policy;

import java.util.List;

/**
 * One rule of a {@link PolicyTable}: which calls it speaks of, and what it says of them. What it
 * does not name it leaves as earlier rules said.
 *
 * @param match which calls
 * @param settings what it says, each with its source
 */
public record PolicyRule(PolicyMatch match, List<Setting> settings) {

  public PolicyRule {
    settings = List.copyOf(settings);
  }
}

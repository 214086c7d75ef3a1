package dev.headline.allinone.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the items of one stage.
 *
 * @param stage what they are: people, follows, …
 * @param given how many there were
 * @param created how many did not exist before
 * @param failed how many did not go in
 * @param reasons why, each once
 */
record Outcome(String stage, int given, int created, int failed, List<String> reasons) {

  Outcome {
    reasons = List.copyOf(reasons);
  }

  /** How many had gone in with an earlier load. */
  int existing() {
    return given - created - failed;
  }

  /** This outcome with some more items, which could not go in because of what they refer to. */
  Outcome withOrphans(int orphans) {
    if (orphans == 0) {
      return this;
    }
    var all = new ArrayList<>(reasons);
    all.add("%,d %s belong to something that did not go in".formatted(orphans, stage));
    return new Outcome(stage, given + orphans, created, failed + orphans, all);
  }
}

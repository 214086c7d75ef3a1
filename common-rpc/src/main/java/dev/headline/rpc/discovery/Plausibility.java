package dev.headline.rpc.discovery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a list is believed that has suddenly lost much. A registry that has lost its memory,
 * or its own network, tells of few instances or none, while all are well; whoever believes it at
 * once takes down what worked.
 *
 * <p>A list that keeps at least half of what was believed is believed at once. Any other must be
 * repeated, unchanged, for a grace. Used by one thread; the time is passed in.
 */
final class Plausibility {

  private final Duration halvedGrace;
  private final Duration emptyGrace;
  private List<Instance> believed = List.of();
  private @Nullable Doubt doubt;

  Plausibility(Duration halvedGrace, Duration emptyGrace) {
    this.halvedGrace = halvedGrace;
    this.emptyGrace = emptyGrace;
  }

  /**
   * Takes in a list that was told.
   *
   * @param now in nanoseconds, as {@link System#nanoTime()}
   * @return the list to go by
   */
  List<Instance> judge(List<Instance> told, long now) {
    Duration grace = grace(told);
    Doubt current = doubt;
    if (current == null || !current.told.equals(told)) {
      current = new Doubt(told, now + grace.toNanos());
    }
    if (now - current.until >= 0) {
      believed = told;
      current = null;
    }
    doubt = current;
    return believed;
  }

  /**
   * How long until the list that is in doubt is to be asked for again.
   *
   * @param otherwise the answer if there is no doubt
   */
  Duration untilBelieved(long now, Duration otherwise) {
    return doubt == null ? otherwise : Duration.ofNanos(Math.max(0, doubt.until - now));
  }

  /** The registry has fallen silent: what it repeats afterwards is a new statement. */
  void silence() {
    doubt = null;
  }

  private Duration grace(List<Instance> told) {
    if (believed.size() <= 2 * told.size()) {
      return Duration.ZERO;
    }
    return told.isEmpty() ? emptyGrace : halvedGrace;
  }

  private record Doubt(List<Instance> told, long until) {}
}

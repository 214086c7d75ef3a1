package dev.headline.rpc.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What happened in a run, for people and for JSON. Times are in microseconds since the run began.
 *
 * @param tookMicros the whole run
 * @param fields what a field needs comes before it
 */
public record LoadAnalysis(long tookMicros, List<Line> fields) {

  public LoadAnalysis {
    fields = List.copyOf(fields);
  }

  static LoadAnalysis of(LoadPlan<?> plan, LoadTimes times, List<NodeResult<?, ?>> results) {
    boolean[] critical = criticalPath(plan, results);
    var lines = new ArrayList<Line>();
    for (PlanNode node : plan.nodes()) {
      lines.add(Line.of(node, results.get(node.index()), times, critical[node.index()]));
    }
    return new LoadAnalysis(TimeUnit.NANOSECONDS.toMicros(times.ended() - times.began()), lines);
  }

  /** One line for each field, indented below the one that it needs. */
  @Override
  public String toString() {
    var text = new StringBuilder("took %s; * is the critical path%n".formatted(ms(tookMicros)));
    for (Line line : fields) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Marks the field that ended last, and what it needed. Nothing else could end the run sooner. */
  private static boolean[] criticalPath(LoadPlan<?> plan, List<NodeResult<?, ?>> results) {
    int last = 0;
    for (int i = 1; i < results.size(); i++) {
      if (results.get(i).effort().ended() - results.get(last).effort().ended() > 0) {
        last = i;
      }
    }
    boolean[] critical = new boolean[results.size()];
    for (int at = last; at != PlanNode.NO_PARENT; at = plan.nodes().get(at).parent()) {
      critical[at] = true;
    }
    return critical;
  }

  private static String ms(long micros) {
    return "%.3f ms".formatted(micros / 1000.0);
  }

  /**
   * What happened to a field.
   *
   * @param field its name
   * @param depth how many fields were loaded before it, one after the other
   * @param outcome what became of it
   * @param critical whether the run would have been shorter if this field had been faster
   * @param startMicros when its first call began
   * @param waitMicros how long its keys had been known by then
   * @param tookMicros from there to the end of its last call, or until it was given up
   * @param calls how many calls it took
   * @param largestBatch the keys in the largest of them
   * @param keys without the repeated ones
   * @param repeatedKeys how many keys were left out because they were there already
   * @param absentKeys how many keys have no value
   * @param missingKeys how many keys have no answer
   */
  public record Line(
      String field,
      int depth,
      Outcome outcome,
      boolean critical,
      long startMicros,
      long waitMicros,
      long tookMicros,
      int calls,
      int largestBatch,
      int keys,
      int repeatedKeys,
      int absentKeys,
      int missingKeys) {

    private static Line of(
        PlanNode node, NodeResult<?, ?> result, LoadTimes times, boolean critical) {
      NodeResult.Effort effort = result.effort();
      int missing = result.unanswered().size();
      return new Line(
          node.field().name(),
          node.depth(),
          result.outcome(),
          critical,
          TimeUnit.NANOSECONDS.toMicros(effort.started() - times.began()),
          TimeUnit.NANOSECONDS.toMicros(effort.started() - effort.ready()),
          TimeUnit.NANOSECONDS.toMicros(effort.ended() - effort.started()),
          effort.calls(),
          effort.calls() == 0 ? 0 : Math.ceilDiv(effort.keys(), effort.calls()),
          effort.keys(),
          effort.repeated(),
          effort.keys() - result.values().size() - missing,
          missing);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s%s%s: %s, start %s, wait %s, took %s, calls %d of at most %d keys, keys %d"
              + " (%d repeated, %d absent, %d missing)",
          critical ? "* " : "  ",
          "  ".repeat(depth),
          field,
          outcome,
          ms(startMicros),
          ms(waitMicros),
          ms(tookMicros),
          calls,
          largestBatch,
          keys,
          repeatedKeys,
          absentKeys,
          missingKeys);
    }
  }
}

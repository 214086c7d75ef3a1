package dev.headline.rpc.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a plan: the values, and for those that are missing the reason. A partial result is
 * an ordinary one. Immutable, if the loaders' values are.
 */
public final class Loaded {

  private final LoadPlan<?> plan;
  private final List<NodeResult<?, ?>> results;
  private final LoadTimes times;

  /** The results are in the plan's order. */
  Loaded(LoadPlan<?> plan, List<NodeResult<?, ?>> results, LoadTimes times) {
    this.plan = plan;
    this.results = results;
    this.times = times;
  }

  /** The plan that was run. */
  public LoadPlan<?> plan() {
    return plan;
  }

  /**
   * A value; null if there is none, if it {@linkplain #isMissing is missing}, or if its field is
   * not in the plan.
   *
   * @throws IllegalArgumentException if the field is not one of the graph
   */
  public <K, V> @Nullable V get(Field<K, V> field, K key) {
    return all(field).get(key);
  }

  /**
   * All values of a field by their keys; cannot be modified.
   *
   * @throws IllegalArgumentException if the field is not one of the graph
   */
  public <K, V> Map<K, V> all(Field<K, V> field) {
    NodeResult<K, V> result = result(field);
    return result == null ? Map.of() : result.values();
  }

  /**
   * Whether it is unknown if there is such a value, because the load failed or came too late. If
   * not, then a value that is not here does not exist.
   *
   * @throws IllegalArgumentException if the field is not one of the graph
   */
  public <K> boolean isMissing(Field<K, ?> field, K key) {
    NodeResult<K, ?> result = result(field);
    return result != null && result.isMissing(key);
  }

  /** What became of a field; null if it is not in the plan. */
  public @Nullable Outcome outcome(Field<?, ?> field) {
    NodeResult<?, ?> result = result(field);
    return result == null ? null : result.outcome();
  }

  /** What is missing and why, in the plan's order; empty if all is there. */
  public List<Missing> missing() {
    var missing = new ArrayList<Missing>();
    for (NodeResult<?, ?> result : results) {
      missing.addAll(result.missing());
    }
    return missing;
  }

  /** What happened, and when. */
  public LoadAnalysis explain() {
    return LoadAnalysis.of(plan, times, results);
  }

  // A field is equal to itself only, so the result at its place has its types.
  @SuppressWarnings("unchecked")
  private <K, V> @Nullable NodeResult<K, V> result(Field<K, V> field) {
    PlanNode node = plan.node(field);
    return node == null ? null : (NodeResult<K, V>) results.get(node.index());
  }
}

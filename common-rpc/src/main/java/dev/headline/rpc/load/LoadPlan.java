package dev.headline.rpc.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one request wants of a {@link LoadGraph}, with all that it needs: a tree that prints itself.
 * Immutable; plans of one graph for the same fields are equal. It knows no keys, so it can be kept
 * and run for many requests, at the same time too.
 *
 * @param <K> the primary key
 */
public final class LoadPlan<K> {

  private final LoadGraph<K> graph;
  private final Set<Field<?, ?>> asked;
  private final List<PlanNode> basics;
  private final List<PlanNode> nodes;
  private final Map<Field<?, ?>, PlanNode> byField;
  private final int rootIndex;

  private LoadPlan(LoadGraph<K> graph, Set<Field<?, ?>> asked, List<PlanNode> basics) {
    this.graph = graph;
    this.asked = Set.copyOf(asked);
    this.basics = basics;
    var inOrder = new ArrayList<PlanNode>();
    append(basics, inOrder);
    this.nodes = List.copyOf(inOrder);
    this.byField = nodes.stream().collect(Collectors.toUnmodifiableMap(PlanNode::field, it -> it));
    this.rootIndex = fields().indexOf(graph.root());
  }

  static <K> LoadPlan<K> of(LoadGraph<K> graph, Set<Field<?, ?>> asked, Set<Field<?, ?>> needed) {
    return new LoadPlan<>(graph, asked, PlanNode.forest(graph.loaders(), asked, needed));
  }

  /** All fields that are loaded; what a field needs comes before it. */
  public List<Field<?, ?>> fields() {
    return nodes.stream().<Field<?, ?>>map(PlanNode::field).toList();
  }

  /** Whether the field is loaded, because it was asked for or because another one needs it. */
  public boolean includes(Field<?, ?> field) {
    return node(field) != null;
  }

  /** Whether the request asked for the field, as opposed to another one needing it. */
  public boolean asksFor(Field<?, ?> field) {
    return asked.contains(field);
  }

  /** What will happen, before it does. */
  public PlanExplanation explain() {
    return PlanExplanation.of(nodes);
  }

  /** The fields that need only the primary key. */
  List<PlanNode> basics() {
    return basics;
  }

  /** All fields; what a field needs comes before it. */
  List<PlanNode> nodes() {
    return nodes;
  }

  /** The field in this plan; null if the plan is without it. */
  @Nullable PlanNode node(Field<?, ?> field) {
    PlanNode node = byField.get(field);
    if (node == null) {
      graph.checkOwn(field);
    }
    return node;
  }

  /** The root's place in this plan. */
  int rootIndex() {
    return rootIndex;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LoadPlan<?> that && graph == that.graph && asked.equals(that.asked);
  }

  @Override
  public int hashCode() {
    return asked.hashCode();
  }

  @Override
  public String toString() {
    return explain().toString();
  }

  private static void append(List<PlanNode> level, List<PlanNode> all) {
    for (PlanNode node : level) {
      all.add(node);
      append(node.children(), all);
    }
  }
}

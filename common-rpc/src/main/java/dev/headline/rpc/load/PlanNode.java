package dev.headline.rpc.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A field in a plan.
 *
 * @param index its place in the plan's order, in which what a field needs comes before it
 * @param parent the index of the field it needs; -1 for a basic field
 * @param depth how many fields stand above it in what they need
 * @param asked whether the request asked for it, as opposed to another field needing it
 * @param children the fields that need this one
 */
record PlanNode(
    FieldLoader<?> loader,
    int index,
    int parent,
    int depth,
    boolean asked,
    List<PlanNode> children) {

  static final int NO_PARENT = -1;

  /** The forest of what needs what, from its basic fields down. */
  static List<PlanNode> forest(
      Iterable<? extends FieldLoader<?>> loaders, Set<Field<?, ?>> asked, Set<Field<?, ?>> needed) {
    var planned = new ArrayList<FieldLoader<?>>();
    for (FieldLoader<?> loader : loaders) {
      if (needed.contains(loader.field())) {
        planned.add(loader);
      }
    }
    return new Growth(planned, asked).basics();
  }

  Field<?, ?> field() {
    return loader.field();
  }

  /** Numbers the fields while it goes down the forest. */
  private static final class Growth {

    private final List<FieldLoader<?>> planned;
    private final Set<Field<?, ?>> asked;
    private int next;

    Growth(List<FieldLoader<?>> planned, Set<Field<?, ?>> asked) {
      this.planned = planned;
      this.asked = asked;
    }

    List<PlanNode> basics() {
      var basics = new ArrayList<PlanNode>();
      for (FieldLoader<?> loader : planned) {
        if (loader instanceof BasicLoader<?, ?>) {
          basics.add(grow(loader, NO_PARENT, 0));
        }
      }
      return List.copyOf(basics);
    }

    private PlanNode grow(FieldLoader<?> loader, int parent, int depth) {
      int index = next++;
      var children = new ArrayList<PlanNode>();
      for (FieldLoader<?> below : planned) {
        if (below instanceof SubLoader<?, ?, ?> sub && sub.parent() == loader.field()) {
          children.add(grow(below, index, depth + 1));
        }
      }
      boolean wanted = asked.contains(loader.field());
      return new PlanNode(loader, index, parent, depth, wanted, List.copyOf(children));
    }
  }
}

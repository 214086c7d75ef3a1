package dev.headline.rpc.load;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What makes a graph impossible, each with a sentence that says so. */
final class GraphCheck {

  private final Map<String, ? extends FieldLoader<?>> byName;

  private GraphCheck(Map<String, ? extends FieldLoader<?>> byName) {
    this.byName = byName;
  }

  static void batch(Field<?, ?> field, int maxBatch) {
    check(maxBatch >= 1, () -> field + " is loaded by at least 1 key a call, not " + maxBatch);
  }

  static void unique(Field<?, ?> field, @Nullable FieldLoader<?> before) {
    check(before == null, () -> field + " is declared twice");
  }

  /** Checks how the fields fit together, and returns the root. */
  static FieldLoader<?> root(Map<String, ? extends FieldLoader<?>> byName) {
    var check = new GraphCheck(byName);
    byName.values().forEach(check::place);
    byName.values().forEach(check::needs);
    return check.root();
  }

  private void place(FieldLoader<?> loader) {
    String owner = loader.field().owner();
    check(
        owner == null || byName.containsKey(owner),
        () -> loader.field() + " has no place in the answer: there is no " + owner);
  }

  private void needs(FieldLoader<?> loader) {
    var path = new StringBuilder(loader.field().name());
    FieldLoader<?> at = loader;
    // A way longer than the graph goes round without this field; that is told for one on the round.
    for (int steps = 0; steps < byName.size(); steps++) {
      if (!(at instanceof SubLoader<?, ?, ?> sub)) {
        return;
      }
      path.append(steps == 0 ? " needs " : ", which needs ").append(sub.parent());
      check(sub.parent() != loader.field(), () -> "A field cannot need itself: " + path);
      at = parentOf(sub);
    }
  }

  private FieldLoader<?> parentOf(SubLoader<?, ?, ?> sub) {
    FieldLoader<?> parent = byName.get(sub.parent().name());
    if (parent == null || parent.field() != sub.parent()) {
      throw new IllegalArgumentException(
          sub.field() + " needs " + sub.parent() + ", which is not in the graph");
    }
    return parent;
  }

  private FieldLoader<?> root() {
    List<? extends FieldLoader<?>> roots =
        byName.values().stream().filter(loader -> loader.field().owner() == null).toList();
    check(
        roots.size() == 1,
        () ->
            "A graph has one root, which is a field without a dot in its name, but here are "
                + roots.stream().map(FieldLoader::field).toList());
    FieldLoader<?> root = roots.getFirst();
    check(
        root instanceof BasicLoader<?, ?>,
        () -> root.field() + " is the root, so it is loaded by the primary key and needs no field");
    return root;
  }

  private static void check(boolean holds, Supplier<String> sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence.get());
    }
  }
}

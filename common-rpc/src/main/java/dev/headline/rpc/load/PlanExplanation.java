package dev.headline.rpc.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan, for people and for JSON: the fields in the order in which they can start, each below the
 * one it needs.
 *
 * @param fields what a field needs comes before it
 */
public record PlanExplanation(List<Line> fields) {

  public PlanExplanation {
    fields = List.copyOf(fields);
  }

  static PlanExplanation of(List<PlanNode> nodes) {
    return new PlanExplanation(nodes.stream().map(Line::of).toList());
  }

  /** One line for each field, indented below the one that it needs. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Line line : fields) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /**
   * A field of the plan.
   *
   * @param field its name
   * @param depth how many fields must be loaded before it, one after the other
   * @param needs the field whose values give its keys; null if it needs only the primary key
   * @param place the field in whose value it stands; null for the root
   * @param asked whether the request asked for it, as opposed to another field needing it
   * @param maxBatch the most keys in one call
   */
  public record Line(
      String field,
      int depth,
      @Nullable String needs,
      @Nullable String place,
      boolean asked,
      int maxBatch) {

    private static Line of(PlanNode node) {
      Field<?, ?> field = node.field();
      String needs = node.loader() instanceof SubLoader<?, ?, ?> sub ? sub.parent().name() : null;
      return new Line(
          field.name(), node.depth(), needs, field.owner(), node.asked(), node.loader().maxBatch());
    }

    @Override
    public String toString() {
      return "%s%s: %s, at most %d keys a call%s"
          .formatted(
              "  ".repeat(depth),
              field,
              needs == null ? "basic" : "sub, needs " + needs,
              maxBatch,
              asked ? "" : ", not asked for");
    }
  }
}

package dev.headline.rpc;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spans that belong together.
 *
 * @param spans in any order
 */
record Trace(List<SpanData> spans) {

  /** The one without a parent among them; there is no other. */
  SpanData root() {
    List<SpanData> roots = spans.stream().filter(each -> !hasParent(each)).toList();
    if (roots.size() != 1) {
      throw new AssertionError(roots.size() + " spans have no parent: " + roots);
    }
    return roots.getFirst();
  }

  /** The one that was begun in no other span. */
  SpanData first() {
    return childOf(SpanId.getInvalid());
  }

  /** The one that was begun in another span. */
  SpanData childOf(SpanData parent) {
    return childOf(parent.getSpanId());
  }

  /** How many there are of each kind. */
  Map<SpanKind, Long> kinds() {
    return spans.stream().collect(Collectors.groupingBy(SpanData::getKind, Collectors.counting()));
  }

  private SpanData childOf(String parent) {
    return spans.stream()
        .filter(each -> each.getParentSpanId().equals(parent))
        .findFirst()
        .orElseThrow();
  }

  private boolean hasParent(SpanData one) {
    return spans.stream().anyMatch(each -> each.getSpanId().equals(one.getParentSpanId()));
  }
}

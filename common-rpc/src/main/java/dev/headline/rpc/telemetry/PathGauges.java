package dev.headline.rpc.telemetry;

import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows the state of the links of one five-tuple, as one client or one server has them, or of one
 * server. A new chain replaces what is asked, so that no gauge tells of a link that is gone, and
 * none that was replaced is left behind. Where others show the same, the gauges are shared. Safe
 * for many threads.
 */
public final class PathGauges {

  private final @Nullable GaugeBoard board;
  private final Tags labels;
  private Set<String> shown = Set.of();

  /**
   * @param board where they are shown; null for nowhere
   */
  PathGauges(@Nullable GaugeBoard board, Tags labels) {
    this.board = board;
    this.labels = labels;
  }

  /** Shows the gauges of these links, and no others any more: without links, none. */
  public void show(List<Middleware> links) {
    List<Gauge> gauges = new ArrayList<>();
    links.forEach(link -> gauges.addAll(link.gauges()));
    showAll(gauges);
  }

  /** Shows these, and no others any more. */
  public synchronized void showAll(List<Gauge> gauges) {
    if (board == null) {
      return;
    }
    Map<String, Gauge> wanted = new HashMap<>();
    for (Gauge gauge : gauges) {
      wanted.put(gauge.name(), gauge);
    }
    for (String name : shown) {
      if (!wanted.containsKey(name)) {
        board.remove(this, name, labels);
      }
    }
    wanted.values().forEach(gauge -> board.put(this, gauge, labels));
    shown = Set.copyOf(wanted.keySet());
  }
}

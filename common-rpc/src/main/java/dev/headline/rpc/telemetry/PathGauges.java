package dev.headline.rpc.telemetry;

import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows the state of the links of one five-tuple, as one client or one server has them. A new chain
 * replaces what is asked, so that no gauge tells of a link that is gone, and none that was replaced
 * is left behind. Where others show the same five-tuple, the gauges are shared. Safe for many
 * threads.
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
  public synchronized void show(List<Middleware> links) {
    if (board == null) {
      return;
    }
    Map<String, Gauge> wanted = new HashMap<>();
    for (Middleware link : links) {
      for (Gauge gauge : link.gauges()) {
        wanted.put(gauge.name(), gauge);
      }
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

package dev.headline.rpc.telemetry;

import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Shows the state of the links of one five-tuple. A new chain replaces what is asked, so that no
 * gauge tells of a link that is gone, and none that was replaced is left behind; a cluster that no
 * rule names any more keeps its last. Not safe for many threads, but for those that read the
 * metrics.
 */
public final class PathGauges {

  private final MeterRegistry registry;
  private final Tags labels;
  private final Map<String, Shown> shown = new HashMap<>();

  PathGauges(MeterRegistry registry, Tags labels) {
    this.registry = registry;
    this.labels = labels;
  }

  /** Shows the gauges of these links, and no others any more. */
  public void show(List<Middleware> links) {
    Map<String, DoubleSupplier> wanted = new HashMap<>();
    for (Middleware link : links) {
      for (Gauge gauge : link.gauges()) {
        wanted.put(gauge.name(), gauge.value());
      }
    }
    for (String name : List.copyOf(shown.keySet())) {
      if (!wanted.containsKey(name)) {
        hide(name);
      }
    }
    wanted.forEach(this::show);
  }

  private void show(String name, DoubleSupplier value) {
    Shown known = shown.get(name);
    if (known != null) {
      known.value = value;
      return;
    }
    shown.put(name, new Shown(name, value));
  }

  private void hide(String name) {
    Shown gone = shown.remove(name);
    if (gone != null) {
      registry.remove(gone.meter);
    }
  }

  private final class Shown {

    private final Meter meter;
    private volatile DoubleSupplier value;

    Shown(String name, DoubleSupplier value) {
      this.value = value;
      this.meter =
          io.micrometer.core.instrument.Gauge.builder(name, this, Shown::value)
              .tags(labels)
              .register(registry);
    }

    private double value() {
      return value.getAsDouble();
    }
  }
}

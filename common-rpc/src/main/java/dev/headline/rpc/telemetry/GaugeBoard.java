package dev.headline.rpc.telemetry;

import dev.headline.rpc.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The gauges of one registry that chains show. A registry has one gauge of a name and its labels,
 * while several chains may have something to show there: two clients of one process that call
 * alike. So a gauge is registered with the first of them, shows what all of them amount to, and
 * goes with the last. Safe for many threads.
 */
final class GaugeBoard {

  /** What a gauge is known by. */
  private record Place(String name, Tags labels) {}

  /** What one owner shows at a place. */
  private record Part(PathGauges owner, Gauge gauge) {}

  private final MeterRegistry registry;
  private final Map<Place, Shown> board = new HashMap<>();

  GaugeBoard(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows a gauge of an owner, instead of the one that it had there. */
  synchronized void put(PathGauges owner, Gauge gauge, Tags labels) {
    var place = new Place(gauge.name(), labels);
    Shown known = board.get(place);
    if (known == null) {
      board.put(place, new Shown(registry, place, new Part(owner, gauge)));
      return;
    }
    List<Part> parts = known.without(owner);
    parts.add(new Part(owner, gauge));
    known.parts = List.copyOf(parts);
  }

  /** Shows nothing of an owner any more. */
  synchronized void remove(PathGauges owner, String name, Tags labels) {
    var place = new Place(name, labels);
    Shown known = board.get(place);
    if (known == null) {
      return;
    }
    known.parts = List.copyOf(known.without(owner));
    if (known.parts.isEmpty()) {
      board.remove(place);
      registry.remove(known.meter);
    }
  }

  private static final class Shown {

    private volatile List<Part> parts;
    private final Meter meter;

    Shown(MeterRegistry registry, Place place, Part first) {
      parts = List.of(first);
      meter =
          io.micrometer.core.instrument.Gauge.builder(place.name(), this, Shown::value)
              .tags(place.labels())
              .register(registry);
    }

    List<Part> without(PathGauges owner) {
      List<Part> others = new ArrayList<>(parts);
      others.removeIf(part -> part.owner() == owner);
      return others;
    }

    private double value() {
      List<Part> now = parts;
      return now.isEmpty() ? Double.NaN : together(now);
    }

    private static double together(List<Part> parts) {
      // What one of them does not know does not make unknown what the others do.
      double[] known =
          parts.stream()
              .mapToDouble(part -> part.gauge().value().getAsDouble())
              .filter(value -> !Double.isNaN(value))
              .toArray();
      if (known.length == 0) {
        return Double.NaN;
      }
      return switch (parts.getFirst().gauge().together()) {
        case SUM -> DoubleStream.of(known).sum();
        case GREATEST -> DoubleStream.of(known).max().orElseThrow();
      };
    }
  }
}

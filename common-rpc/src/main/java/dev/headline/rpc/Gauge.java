package dev.headline.rpc;

import java.util.function.DoubleSupplier;

/**
 * A number of a link's state that metrics show, such as how many calls are out.
 *
 * @param name one of those in {@link dev.headline.rpc.telemetry.MetricNames}
 * @param value asked when somebody looks, on any thread; must not block, and gives NaN for unknown,
 *     which is left out where several chains show it and another one knows
 * @param together what is shown where several clients of a process make calls of one five-tuple
 */
public record Gauge(String name, DoubleSupplier value, Together together) {

  /** How the numbers of several chains become one. */
  public enum Together {
    /** They add up, as with the calls that are out. */
    SUM,
    /** The greatest counts, as with a state that is the worse the higher it is. */
    GREATEST
  }

  /** One whose numbers add up. */
  public Gauge(String name, DoubleSupplier value) {
    this(name, value, Together.SUM);
  }
}

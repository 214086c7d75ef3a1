package dev.headline.rpc;

import java.util.function.DoubleSupplier;

/**
 * A number of a link's state that metrics show, such as how many calls are out.
 *
 * @param name one of those in {@link dev.headline.rpc.telemetry.RpcMeters}
 * @param value asked when somebody looks, on any thread; must not block, and gives NaN for unknown
 */
public record Gauge(String name, DoubleSupplier value) {}

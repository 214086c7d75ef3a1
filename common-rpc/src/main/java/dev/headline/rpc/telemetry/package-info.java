/** Metric names, label names and meters, in one place. */
@NullMarked
package dev.headline.rpc.telemetry;

import org.jspecify.annotations.NullMarked;

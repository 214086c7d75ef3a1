@NullMarked
package dev.headline.rpc.telemetry;

import org.jspecify.annotations.NullMarked;

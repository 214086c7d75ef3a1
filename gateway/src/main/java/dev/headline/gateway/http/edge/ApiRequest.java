package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.query.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * One request after its entry: known by name, with checked parameters.
 *
 * @param requestId the request's name in answers and logs
 * @param traceId the trace that records it; null if none does
 * @param parameters what was asked
 * @param startNanos when it entered, by {@link System#nanoTime()}
 */
public record ApiRequest(
    String requestId, @Nullable String traceId, Parameters parameters, long startNanos) {

  /** How long ago it entered, in whole milliseconds. */
  public long tookMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}

package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.query.Parameters;

/**
 * One request after its entry: known by name, with checked parameters.
 *
 * @param traceId the request's name in answers and logs
 * @param parameters what was asked
 * @param startNanos when it entered, by {@link System#nanoTime()}
 */
public record ApiRequest(String traceId, Parameters parameters, long startNanos) {

  /** How long ago it entered, in whole milliseconds. */
  public long tookMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}

package dev.headline.gateway.http.problem;

import dev.headline.rpc.telemetry.RpcSpans;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * The id of the trace that records a request, for its answer or its problem document: by it the
 * request is found where traces are kept. Most requests are not recorded and have none; all of them
 * have a {@linkplain RequestId name}.
 */
public final class RequestTrace {

  private static final String ATTRIBUTE = RequestTrace.class.getName();

  private RequestTrace() {}

  /** Keeps the id of the current trace for {@link #of}. */
  public static void assign(ServerWebExchange exchange) {
    String id = RpcSpans.traceId();
    if (id != null) {
      exchange.getAttributes().put(ATTRIBUTE, id);
    }
  }

  /** The id of the request's trace; null if nothing is recorded, or nothing has begun. */
  public static @Nullable String of(ServerWebExchange exchange) {
    return exchange.getAttribute(ATTRIBUTE);
  }
}

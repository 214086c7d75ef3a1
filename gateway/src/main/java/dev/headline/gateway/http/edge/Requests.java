package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Diagnosis;
import dev.headline.gateway.http.problem.RequestId;
import dev.headline.gateway.http.problem.RequestLedger;
import dev.headline.gateway.http.problem.RequestTrace;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import dev.headline.rpc.telemetry.RpcSpans;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Opens the context of each request: the global deadline starts here, and here ends what runs for a
 * client that left. Safe for use by many threads.
 */
public final class Requests {

  private final Deadlines deadlines;
  private final Room room;
  private final Debugging debugging;
  private final Passthrough passthrough;
  private final Sessions sessions;
  private final RpcSpans spans;

  /**
   * @param room how much is answered at a time
   * @param spans where each request begins a trace
   */
  public Requests(
      Deadlines deadlines,
      Room room,
      Debugging debugging,
      Passthrough passthrough,
      Sessions sessions,
      RpcSpans spans) {
    this.deadlines = deadlines;
    this.room = room;
    this.debugging = debugging;
    this.passthrough = passthrough;
    this.sessions = sessions;
    this.spans = spans;
  }

  /** {@link #answer(ServerWebExchange, Set, ToIntFunction, Function)} in one place. */
  public <T> Mono<T> answer(
      ServerWebExchange exchange, Set<String> known, Function<ApiRequest, T> work) {
    return answer(exchange, known, _ -> 1, work);
  }

  /**
   * Answers a request with plain blocking code, on a virtual thread of its own and within the
   * request's context.
   *
   * @param known the parameters that the endpoint has
   * @param places how many places of {@link Room} it takes, given what is asked
   * @param work makes the answer
   * @return the answer; fails with what {@code work} throws, or with a problem if the request is
   *     not in order or there is no room for it
   */
  public <T> Mono<T> answer(
      ServerWebExchange exchange,
      Set<String> known,
      ToIntFunction<Parameters> places,
      Function<ApiRequest, T> work) {
    return Mono.defer(
        () -> {
          long start = System.nanoTime();
          Duration budget = deadlines.budget(askedDeadline(exchange));
          HttpHeaders headers = exchange.getRequest().getHeaders();
          Origin origin = sessions.join(passthrough.origin(headers), headers);
          var parameters = Parameters.of(exchange.getRequest().getQueryParams(), known);
          Supplier<T> traced =
              () ->
                  spans.root(
                      name(exchange),
                      RequestId.of(exchange),
                      Diagnosis::forTrace,
                      () -> work(exchange, work, parameters, start));
          Executor delivery = eventLoop(exchange);
          int taken = places.applyAsInt(parameters);
          room.enter(taken);
          return ScopedMono.of(
              () -> withLedger(exchange, RequestContext.open(origin, budget)),
              traced,
              delivery,
              () -> room.leave(taken));
        });
  }

  private <T> T work(
      ServerWebExchange exchange, Function<ApiRequest, T> work, Parameters parameters, long start) {
    RequestTrace.assign(exchange);
    try {
      return work.apply(
          new ApiRequest(RequestId.of(exchange), RequestTrace.of(exchange), parameters, start));
    } finally {
      // Also if it failed: a write may have been done all the same.
      sessions.tell(exchange);
    }
  }

  private Scope withLedger(ServerWebExchange exchange, Scope scope) {
    OpenLedger ledger = scope.context().ledger();
    if (ledger != null) {
      RequestLedger.assign(exchange, ledger);
      if (debugging.ledger() && RequestLedger.isAsked(exchange)) {
        RequestLedger.tell(exchange, ledger);
      }
    }
    return scope;
  }

  /** By its route, because there are as many addresses as there are contents. */
  private static String name(ServerWebExchange exchange) {
    Object route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return exchange.getRequest().getMethod() + (route == null ? "" : " " + route);
  }

  // Given twice, it is joined into something that is no number.
  private static @Nullable String askedDeadline(ServerWebExchange exchange) {
    List<String> asked = exchange.getRequest().getHeaders().get(Deadlines.HEADER);
    return asked == null ? null : String.join(", ", asked);
  }

  /**
   * The thread of the client's connection. Answers are written there: for one that is written
   * elsewhere, Reactor Netty learns that it is sent only after the client may have sent its next
   * request, and then loses the one after (seen with 1.3.7, when that one is answered at once).
   */
  private static Executor eventLoop(ServerWebExchange exchange) {
    Object request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
    if (request instanceof Connection connection) {
      return connection.channel().eventLoop();
    }
    throw new IllegalStateException("Not a request of Reactor Netty: " + request.getClass());
  }
}

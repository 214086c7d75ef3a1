package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemType;
import dev.headline.gateway.http.problem.RequestId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The first thing that every request meets. It names the request, protects the answer, bounds the
 * size and the form of what was sent and drops what only our own services may say to each other.
 */
public final class EdgeFilter implements WebFilter {

  /** Longer addresses and headers get a problem document; Netty cuts off at twice as much. */
  static final int LARGEST_HEAD = 8 * 1024;

  static final String SIZE_RULE =
      "An address and its headers may have %d bytes each.".formatted(LARGEST_HEAD);

  private static final String PARAMETER_RULE =
      "Parameters stand behind the question mark; a path has none.";

  private static final List<String> INSIDE_ONLY = List.of("x-rpc-", "grpc-", "baggage");

  /** The answers are data about people: not to be kept, guessed at, framed or run as a page. */
  static final Map<String, String> PROTECTION =
      Map.of(
          HttpHeaders.CACHE_CONTROL,
          "no-store",
          "Content-Security-Policy",
          "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff");

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    RequestId.assign(exchange);
    exchange.getResponse().getHeaders().setAll(PROTECTION);
    ServerHttpRequest request = exchange.getRequest();
    if (request.getURI().toASCIIString().length() > LARGEST_HEAD) {
      return refuse(ProblemType.URI_TOO_LONG, SIZE_RULE);
    }
    if (size(request.getHeaders()) > LARGEST_HEAD) {
      return refuse(ProblemType.HEADERS_TOO_LARGE, SIZE_RULE);
    }
    // Spring would drop them, and one resource would have as many addresses as anybody likes.
    if (request.getURI().getRawPath().indexOf(';') >= 0) {
      return refuse(ProblemType.UNKNOWN_PARAMETER, PARAMETER_RULE);
    }
    return chain.filter(withoutInsideHeaders(exchange));
  }

  private static Mono<Void> refuse(ProblemType type, String rule) {
    return Mono.error(Problem.of(type, rule).toException());
  }

  private static int size(HttpHeaders headers) {
    int size = 0;
    for (var header : headers.headerSet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.getBytes(UTF_8).length;
      }
    }
    return size;
  }

  private static ServerWebExchange withoutInsideHeaders(ServerWebExchange exchange) {
    List<String> inside =
        exchange.getRequest().getHeaders().headerNames().stream()
            .filter(EdgeFilter::isInsideOnly)
            .toList();
    if (inside.isEmpty()) {
      return exchange;
    }
    return exchange.mutate().request(r -> r.headers(h -> inside.forEach(h::remove))).build();
  }

  private static boolean isInsideOnly(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return INSIDE_ONLY.stream().anyMatch(name::startsWith);
  }
}

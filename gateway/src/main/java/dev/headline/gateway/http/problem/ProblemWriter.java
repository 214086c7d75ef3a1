package dev.headline.gateway.http.problem;

import dev.headline.rpc.OpenLedger;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every request that failed, wherever it failed, with a problem document. It stands in for
 * Spring Boot's own error page.
 */
public final class ProblemWriter implements ErrorWebExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

  /** A second is long enough for a limiter to breathe and short enough for a person to wait. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(failure);
    }
    Problem problem = Diagnosis.of(failure);
    log(exchange, problem, failure);

    response.setRawStatusCode(problem.type().status());
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.type().status() == 503) {
      headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (failure instanceof MethodNotAllowedException method) {
      headers.setAllow(withHead(method.getSupportedMethods()));
    }
    String path = exchange.getRequest().getURI().getRawPath();
    byte[] document =
        json.writeValueAsBytes(
            ProblemDocument.of(problem, path, RequestId.of(exchange), RequestTrace.of(exchange)));
    headers.setContentLength(document.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(document)));
  }

  private static void log(ServerWebExchange exchange, Problem problem, Throwable failure) {
    String id = RequestId.of(exchange);
    switch (problem.type()) {
      case INTERNAL -> LOG.error("Request {} failed", id, failure);
      case SERVICE_FAILED -> LOG.warn("Request {} failed: {}", id, failure.toString());
      case DEADLINE_EXCEEDED -> LOG.info("Request {} ran out of time: {}", id, ledger(exchange));
      default -> LOG.debug("Request {} was answered with {}", id, problem, failure);
    }
  }

  private static String ledger(ServerWebExchange exchange) {
    OpenLedger ledger = RequestLedger.of(exchange);
    return ledger == null ? "before anything was done for it" : ledger.soFar().sentence();
  }

  private static Set<HttpMethod> withHead(Set<HttpMethod> supported) {
    var methods = new HashSet<>(supported);
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return methods;
  }
}

package dev.headline.gateway.http.edge;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Spring's mapping without its own answer to OPTIONS: no page of another origin is meant to call
 * this API, so OPTIONS is a method like any other that a resource does not know.
 */
public final class StrictMethods extends RequestMappingHandlerMapping {

  @Override
  protected @Nullable HandlerMethod handleNoMatch(
      Set<RequestMappingInfo> mappings, ServerWebExchange exchange) throws Exception {
    HandlerMethod automatic = super.handleNoMatch(mappings, exchange);
    if (automatic == null || !HttpMethod.OPTIONS.equals(exchange.getRequest().getMethod())) {
      return automatic;
    }
    var allowed = new HashSet<HttpMethod>();
    for (RequestMappingInfo mapping : mappings) {
      if (mapping.getPatternsCondition().getMatchingCondition(exchange) != null) {
        mapping.getMethodsCondition().getMethods().stream()
            .map(RequestMethod::asHttpMethod)
            .forEach(allowed::add);
      }
    }
    throw new MethodNotAllowedException(HttpMethod.OPTIONS, allowed);
  }
}

package dev.headline.gateway.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class EdgeFilterTest {

  @Test
  void headersOfTheInsideDoNotPassTheEdge() {
    var passed = new AtomicReference<HttpHeaders>(HttpHeaders.EMPTY);
    var exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/api/v1/feed")
                .header("X-Rpc-Call", "admin/default;1")
                .header("grpc-timeout", "1n")
                .header("Accept", "application/json"));

    new EdgeFilter()
        .filter(
            exchange,
            seen -> {
              passed.set(seen.getRequest().getHeaders());
              return Mono.empty();
            })
        .block();

    assertThat(passed.get().headerNames()).containsExactly("Accept");
  }
}

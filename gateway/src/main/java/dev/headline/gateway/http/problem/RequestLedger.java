package dev.headline.gateway.http.problem;

import dev.headline.rpc.OpenLedger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where the time of one request goes. It is told in {@value #ANSWER} to a client that asks by
 * {@value #ASK}{@code : ledger}, whether the request does well or not; one that ran out of time
 * also leaves it in the log.
 */
public final class RequestLedger {

  /** The header in which a client asks. */
  public static final String ASK = "X-Headline-Debug";

  /** The header in which it is told, in words for people. */
  public static final String ANSWER = "X-Headline-Ledger";

  private static final String ATTRIBUTE = RequestLedger.class.getName();

  private RequestLedger() {}

  /** Gives a request its ledger. */
  public static void assign(ServerWebExchange exchange, OpenLedger ledger) {
    exchange.getAttributes().put(ATTRIBUTE, ledger);
  }

  /** Whether the client asks for the ledger. */
  public static boolean isAsked(ServerWebExchange exchange) {
    return "ledger".equals(exchange.getRequest().getHeaders().getFirst(ASK));
  }

  /** Puts the ledger on the answer, as it is when the answer leaves. */
  public static void tell(ServerWebExchange exchange, OpenLedger ledger) {
    ledger.want();
    HttpHeaders headers = exchange.getResponse().getHeaders();
    exchange
        .getResponse()
        .beforeCommit(
            () -> Mono.fromRunnable(() -> headers.set(ANSWER, ledger.soFar().sentence())));
  }

  /** The ledger of a request; null if it failed before it got one. */
  static @Nullable OpenLedger of(ServerWebExchange exchange) {
    return exchange.getAttribute(ATTRIBUTE);
  }
}

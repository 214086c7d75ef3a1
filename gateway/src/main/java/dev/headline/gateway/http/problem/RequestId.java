package dev.headline.gateway.http.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/**
 * The name of one request, the same in the answer, in problem documents and in the log. A client
 * may choose it in {@value #HEADER}; a choice that could confuse a log is replaced.
 */
public final class RequestId {

  /** The header that carries it, both ways. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The name of a request; empty if it failed before it got one. */
  public static String of(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(ATTRIBUTE, "");
  }

  /** Gives a request its name, and puts it on the answer. */
  public static void assign(ServerWebExchange exchange) {
    String chosen = exchange.getRequest().getHeaders().getFirst(HEADER);
    String id = chosen != null && HARMLESS.matcher(chosen).matches() ? chosen : random();
    exchange.getAttributes().put(ATTRIBUTE, id);
    exchange.getResponse().getHeaders().set(HEADER, id);
  }

  /** 32 hexadecimal digits; of another draw than the id of a trace. */
  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}

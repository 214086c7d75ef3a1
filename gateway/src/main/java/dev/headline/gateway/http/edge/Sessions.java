package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemType;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Notes;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a client has seen or written, from one request to the next, whichever gateway takes it: a
 * service tells how new that is, the client keeps it in a token, and no service shows it less
 * later. A client that has written gets a token; one that only reads asks for it by {@code
 * X-Headline-Session: new}. It brings along the latest that it got. Safe for many threads.
 */
public final class Sessions {

  /** Holds the token, to and fro. */
  static final String HEADER = "X-Headline-Session";

  /** What a client says that has no token yet. */
  static final String NEW = "new";

  /** Tells services that this client comes again. */
  static final String PIECE = "session";

  private final SessionTokens tokens;

  /** With the system's clock. */
  public Sessions(SessionSettings settings) {
    this(settings, InstantSource.system());
  }

  Sessions(SessionSettings settings, InstantSource clock) {
    this.tokens = settings.tokens(clock);
  }

  /**
   * A request with what its client has seen.
   *
   * @throws dev.headline.gateway.http.problem.ProblemException if its token is not one of ours
   */
  Origin join(Origin origin, HttpHeaders headers) {
    String token = headers.getFirst(HEADER);
    if (token == null) {
      return origin;
    }
    Baggage baggage = origin.baggage().withPersistent(PIECE, "1");
    for (Map.Entry<String, String> mark : seen(token).persistent().entrySet()) {
      baggage = baggage.withPersistent(mark.getKey(), mark.getValue());
    }
    return origin.with(baggage);
  }

  private Baggage seen(String token) {
    Baggage seen = token.equals(NEW) ? Baggage.EMPTY : tokens.read(token);
    if (seen == null) {
      throw Problem.of(
              ProblemType.INVALID_HEADER,
              "A session is '%s', or what an earlier answer said.".formatted(NEW),
              HEADER,
              token)
          .toException();
    }
    return seen;
  }

  /** Gives the client of the current request what it is to keep; nothing if there is no news. */
  void tell(ServerWebExchange exchange) {
    RequestContext request = RequestContext.current();
    var all = new Notes();
    add(all, request.origin().baggage());
    Baggage before = all.toCaller();
    add(all, request.notes().toCaller());
    if (!all.toCaller().equals(before)) {
      exchange.getResponse().getHeaders().set(HEADER, tokens.sign(all.toCaller()));
    }
  }

  private static void add(Notes marks, Baggage baggage) {
    baggage
        .persistent()
        .forEach(
            (name, value) -> {
              if (name.startsWith(Baggage.HIGHEST)) {
                marks.tellCaller(name, value);
              }
            });
  }
}

package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.gateway.http.problem.ProblemType;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a client has seen or written, from one request to the next, whichever gateway takes it: a
 * service tells how new that is, the client keeps it in a token, and services choose by it which
 * node they read, and which cached values they pass by. A client that has written gets a token; one
 * that only reads asks for it by {@code X-Headline-Session: new}. It brings along the latest that
 * it got. Safe for many threads.
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
   * @throws dev.headline.gateway.http.problem.ProblemException if its token is not one of ours, or
   *     has no room beside what the client sends along otherwise
   */
  Origin join(Origin origin, HttpHeaders headers) {
    String token = headers.getFirst(HEADER);
    if (token == null) {
      return origin;
    }
    Map<String, String> pieces = new HashMap<>(origin.baggage().persistent());
    pieces.put(PIECE, "1");
    pieces.putAll(seen(token).values());
    try {
      return origin.with(new Baggage(pieces, origin.baggage().transients()));
    } catch (IllegalArgumentException tooMuch) {
      throw problem(String.valueOf(tooMuch.getMessage()), token);
    }
  }

  /** Gives the client of the current request what it is to keep; nothing if there is no news. */
  void tell(ServerWebExchange exchange) {
    Baggage told = RequestContext.current().notes().toCaller();
    if (told.isEmpty()) {
      return;
    }
    String token = exchange.getRequest().getHeaders().getFirst(HEADER);
    SeenMarks known = token == null ? SeenMarks.NONE : seen(token);
    if (isNews(told, known.values())) {
      exchange.getResponse().getHeaders().set(HEADER, tokens.sign(known, told));
    }
  }

  private SeenMarks seen(String token) {
    SeenMarks seen = token.equals(NEW) ? SeenMarks.NONE : tokens.read(token);
    if (seen == null) {
      throw problem("A session is '%s', or what an earlier answer said.".formatted(NEW), token);
    }
    return seen;
  }

  private static boolean isNews(Baggage told, Map<String, String> known) {
    return told.persistent().entrySet().stream()
        .filter(mark -> mark.getKey().startsWith(Baggage.HIGHEST))
        .anyMatch(mark -> mark.getValue().compareTo(known.getOrDefault(mark.getKey(), "")) > 0);
  }

  private static ProblemException problem(String detail, String token) {
    return Problem.of(ProblemType.INVALID_HEADER, detail, HEADER, token).toException();
  }
}

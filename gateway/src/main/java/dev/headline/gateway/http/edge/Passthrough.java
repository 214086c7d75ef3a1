package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.gateway.http.problem.ProblemType;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Priority;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;

/**
 * What a client may send along to the services: the property {@code headline.gateway.passthrough}.
 * Each name lets in one header, {@code X-Headline-} and the name, as a persistent piece of baggage;
 * {@code priority} lets in {@code X-Headline-Priority}, which says {@code critical}, {@code
 * default} or {@code batch}. Everything else that a client sends stops here.
 *
 * <p>Nothing is let in by default but that a request can wait ({@code batch}), which harms nobody
 * else. A gateway that everybody can reach leaves it at that: who may choose a lane reaches
 * versions that are not meant for him, and who may call himself critical is served before all
 * others.
 *
 * @param passthrough the names that are let in; each one that a piece of baggage may have
 */
@ConfigurationProperties("headline.gateway")
public record Passthrough(@DefaultValue List<String> passthrough) {

  /** What the headers begin with. */
  static final String PREFIX = "X-Headline-";

  private static final String PRIORITY = "priority";

  public Passthrough {
    passthrough = List.copyOf(passthrough);
    Set<String> seen = new HashSet<>();
    for (String name : passthrough) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "headline.gateway.passthrough names '%s' twice".formatted(name));
      }
      if (name.startsWith(Baggage.HIGHEST) || name.equals(Sessions.PIECE)) {
        throw new IllegalArgumentException(
            "headline.gateway.passthrough names '%s', which clients bring only in a session"
                .formatted(name));
      }
      // Whatever cannot be a name is refused here and not at the first request.
      var _ = Baggage.EMPTY.withPersistent(name, "");
    }
  }

  /**
   * Where a request comes from, with what it may bring along.
   *
   * @throws ProblemException if a header that is let in says something that cannot be
   */
  Origin origin(HttpHeaders headers) {
    Origin origin = Origin.of(Caller.UNKNOWN).with(priority(headers));
    Baggage baggage = Baggage.EMPTY;
    for (String name : passthrough) {
      String value = name.equals(PRIORITY) ? null : value(headers, name);
      if (value != null) {
        baggage = with(baggage, name, value);
      }
    }
    return baggage.isEmpty() ? origin : origin.with(baggage);
  }

  private static Baggage with(Baggage baggage, String name, String value) {
    try {
      return baggage.withPersistent(name, value);
    } catch (IllegalArgumentException tooMuch) {
      throw problem(String.valueOf(tooMuch.getMessage()), name, value);
    }
  }

  private Priority priority(HttpHeaders headers) {
    String asked = value(headers, PRIORITY);
    if (asked == null) {
      return Priority.DEFAULT;
    }
    for (Priority priority : Priority.values()) {
      if (priority.name().toLowerCase(Locale.ROOT).equals(asked)) {
        boolean letIn = priority == Priority.BATCH || passthrough.contains(PRIORITY);
        return letIn ? priority : Priority.DEFAULT;
      }
    }
    throw problem("A priority is critical, default or batch.", PRIORITY, asked);
  }

  /** Given twice, it is joined, as HTTP has it. */
  private static @Nullable String value(HttpHeaders headers, String name) {
    List<String> values = headers.get(PREFIX + name);
    return values == null ? null : String.join(", ", values);
  }

  private static ProblemException problem(String detail, String name, String value) {
    return Problem.of(ProblemType.INVALID_HEADER, detail, PREFIX + name, value).toException();
  }
}

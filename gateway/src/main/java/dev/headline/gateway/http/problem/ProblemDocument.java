package dev.headline.gateway.http.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem in JSON: the members of RFC 9457, and three of our own.
 *
 * @param instance the path that was asked for; null if it could not be read
 * @param errors which parts of the request are to blame; null if none is
 * @param requestId the request's name; null if it came to its end before it had one
 * @param traceId the trace that records it; null if none does
 */
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    @Nullable List<Problem.Mistake> errors,
    @Nullable String requestId,
    @Nullable String traceId) {

  /** The media type of a problem in JSON. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The document about a problem. */
  public static ProblemDocument of(
      Problem problem,
      @Nullable String instance,
      @Nullable String requestId,
      @Nullable String traceId) {
    ProblemType type = problem.type();
    return new ProblemDocument(
        type.uri(),
        type.title(),
        type.status(),
        problem.detail(),
        instance,
        problem.mistakes().isEmpty() ? null : problem.mistakes(),
        requestId,
        traceId);
  }
}

package dev.headline.gateway.http.problem;

import java.util.Locale;

/**
 * The kinds of problems. A client may rely on {@link #uri()} and {@link #status()}; all other words
 * of a problem document are for people and may change.
 */
public enum ProblemType {
  INVALID_PARAMETER(400, "A parameter has a value that it cannot have"),
  UNKNOWN_PARAMETER(400, "There is no such parameter"),
  REPEATED_PARAMETER(400, "A parameter was given more than once"),
  UNKNOWN_FIELD(400, "There is no such field"),
  INVALID_HEADER(400, "A header has a value that it cannot have"),
  /** A service looked at the request and refused it, such as a cursor from another list. */
  REFUSED_ARGUMENT(400, "The request asks for something that cannot be"),
  MALFORMED_REQUEST(400, "The request is not well-formed"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method is not for this resource"),
  NOT_ACCEPTABLE(406, "There is no representation of that kind"),
  REQUEST_TIMEOUT(408, "The request did not arrive in time"),
  URI_TOO_LONG(414, "The address is too long"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Something is wrong on our side"),
  SERVICE_FAILED(502, "A service behind this one failed"),
  OVERLOADED(503, "There is too much to do"),
  UNAVAILABLE(503, "A service behind this one cannot be reached"),
  DEADLINE_EXCEEDED(504, "There was no answer in time");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The name of this kind, a path on this host such as {@code /problems/unknown-field}. */
  public String uri() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status that always goes with this kind. */
  public int status() {
    return status;
  }

  /** A sentence that is the same for every problem of this kind. */
  String title() {
    return title;
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Phase;
import io.grpc.Status;

/**
 * Whether an attempt that failed was certainly seen by no handler: if it never had a connection, if
 * the connection broke before its headers were written, if the server reset its stream with
 * REFUSED_STREAM, or if the server said goodbye without an error and without having taken the
 * stream; HTTP/2 defines the latter two so. Of anything else one cannot know: what was cancelled
 * while it was being written may have been written all the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-8.7">RFC 9113, 8.7: request
 *     reliability</a>
 */
final class Unseen {

  // gRPC says these only in words. If it chooses others one day, such calls count as executed.
  private static final String REFUSED = "HTTP/2 error code: REFUSED_STREAM";
  private static final String GOODBYE =
      "Abrupt GOAWAY closed sent stream. HTTP/2 error code: NO_ERROR";

  private Unseen() {}

  static boolean is(Attempt attempt, Status closed) {
    if (attempt.phase() == Phase.CONNECT) {
      return true;
    }
    if (closed.getCode() != Status.Code.UNAVAILABLE) {
      return false;
    }
    return !attempt.isSent() || isRefused(attempt, closed);
  }

  // What a server says is never looked at here: it may only repeat what it heard from another one.
  private static boolean isRefused(Attempt attempt, Status closed) {
    String words = closed.getDescription();
    return !attempt.isHeard()
        && words != null
        && (words.contains(REFUSED) || words.contains(GOODBYE));
  }
}

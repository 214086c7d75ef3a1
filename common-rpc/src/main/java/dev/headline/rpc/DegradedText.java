package dev.headline.rpc;

import static java.util.stream.Collectors.joining;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replies that were a fallback's, as text for whoever is further up: {@code
 * comment-service/BatchTop;UNAVAILABLE}, with commas between them. So an answer says what it lacks
 * however many hops away that was decided. What was hidden is told by its code alone; its sentence
 * stays on the host where it may name others.
 */
public final class DegradedText {

  /** A trailer that is there only if something is degraded. */
  public static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("x-rpc-degraded", Metadata.ASCII_STRING_MARSHALLER);

  /** Past this many, further ones are not told: headers are bounded. */
  static final int MOST = 16;

  private static final Pattern ONE =
      Pattern.compile("(%s)/([A-Za-z0-9_]{1,63});([A-Z_]{2,20})".formatted(CallKey.NAME));

  private DegradedText() {}

  /** Writes the first of them, each kind once. */
  public static String write(List<Degraded> replies) {
    return replies.stream()
        .map(each -> "%s/%s;%s".formatted(each.callee(), each.method(), each.reason()))
        .distinct()
        .limit(MOST)
        .collect(joining(","));
  }

  /** Reads what {@link #write} writes; what is something else is left out. */
  public static List<Degraded> read(String text) {
    List<Degraded> replies = new ArrayList<>();
    Matcher matcher = ONE.matcher(text);
    while (replies.size() < MOST && matcher.find()) {
      for (RpcCode code : RpcCode.values()) {
        if (code.name().equals(matcher.group(3))) {
          replies.add(
              new Degraded(
                  matcher.group(1), matcher.group(2), code, code + ": hidden by a callee"));
        }
      }
    }
    return replies;
  }
}

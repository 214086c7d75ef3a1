package dev.headline.rpc;

import io.grpc.Metadata;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of itself and of its call beside the request. It travels in one header,
 * because each header costs more than anything else that a chain does.
 *
 * <p>The text is {@code service/cluster;attempt}, for example {@code gateway/default;1}. Flags may
 * follow: {@code c} or {@code b} if the request is critical or can wait, and {@code r} if some hop
 * before this one has sent it again, as in {@code gateway/default;1;cr}. A server lets callers in
 * that do not send it: any gRPC client may call.
 *
 * @param caller who calls
 * @param attempt which try this is, 1 to 99
 * @param priority how much the request matters
 * @param retried whether this or an earlier hop has sent the request before
 */
public record CallHeader(Caller caller, int attempt, Priority priority, boolean retried) {

  /** The header's name. */
  public static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-rpc-call", Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern FORMAT =
      Pattern.compile("(%1$s)/(%1$s);([1-9][0-9]?)(?:;(?=.)([cb]?)(r?))?".formatted(CallKey.NAME));

  public CallHeader {
    if (attempt < 1 || attempt > 99) {
      throw new IllegalArgumentException("An attempt is numbered 1 to 99, not " + attempt);
    }
  }

  /** The header's text. */
  public String format() {
    String flags = flag(priority) + (retried ? "r" : "");
    String text = caller.service() + "/" + caller.cluster() + ";" + attempt;
    return flags.isEmpty() ? text : text + ";" + flags;
  }

  /** What a header's text says; null if it is not one that {@link #format()} writes. */
  public static @Nullable CallHeader read(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    var caller = new Caller(matcher.group(1), matcher.group(2));
    int attempt = Integer.parseInt(matcher.group(3));
    return new CallHeader(
        caller, attempt, priority(matcher.group(4)), "r".equals(matcher.group(5)));
  }

  private static String flag(Priority priority) {
    return switch (priority) {
      case CRITICAL -> "c";
      case DEFAULT -> "";
      case BATCH -> "b";
    };
  }

  private static Priority priority(@Nullable String flag) {
    return switch (flag) {
      case "c" -> Priority.CRITICAL;
      case "b" -> Priority.BATCH;
      case null, default -> Priority.DEFAULT;
    };
  }
}

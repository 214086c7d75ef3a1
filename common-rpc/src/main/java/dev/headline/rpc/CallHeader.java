package dev.headline.rpc;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of itself beside the request. It travels in one header, because each header
 * costs more than anything else that a chain does.
 *
 * <p>The text is {@code service/cluster;attempt}, for example {@code gateway/default;1}. A server
 * lets callers in that do not send it: any gRPC client may call.
 *
 * @param caller who calls
 * @param attempt which try this is, 1 to 99
 */
public record CallHeader(Caller caller, int attempt) {

  /** The header's name. */
  public static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-rpc-call", Metadata.ASCII_STRING_MARSHALLER);

  private static final int MOST_ATTEMPTS = 99;

  /** What a caller that says nothing is taken to have said. */
  public static final CallHeader ABSENT = new CallHeader(Caller.UNKNOWN, 1);

  public CallHeader {
    if (attempt < 1 || attempt > MOST_ATTEMPTS) {
      throw new IllegalArgumentException("An attempt is numbered 1 to 99, not " + attempt);
    }
  }

  /** The header's text. */
  public String format() {
    return caller.service() + "/" + caller.cluster() + ";" + attempt;
  }

  /**
   * Reads a header's text.
   *
   * @param text null if the header is absent
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT} if the text is not one that {@link
   *     #format()} writes
   */
  public static CallHeader parse(@Nullable String text) {
    if (text == null) {
      return ABSENT;
    }
    String name = callerIn(text);
    return new CallHeader(callerNamed(name), attempt(text, name.length() + 1));
  }

  /**
   * The part of a header's text that names the caller, {@code service/cluster}: the same for all
   * attempts.
   *
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT} if what follows it is not an attempt
   */
  public static String callerIn(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 0) {
      throw malformed(null);
    }
    attempt(text, semicolon + 1);
    return text.substring(0, semicolon);
  }

  /**
   * The caller of a name that {@link #callerIn} found.
   *
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT} if it is no name of a service and a
   *     cluster
   */
  public static Caller callerNamed(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw malformed(null);
    }
    try {
      return new Caller(name.substring(0, slash), name.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  // One or two digits, the first of them not a zero: just what format() writes.
  private static int attempt(String text, int start) {
    int digits = text.length() - start;
    if (digits < 1 || digits > 2 || text.charAt(start) == '0') {
      throw malformed(null);
    }
    int attempt = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed(null);
      }
      attempt = attempt * 10 + digit;
    }
    return attempt;
  }

  private static RpcException malformed(@Nullable IllegalArgumentException cause) {
    return new RpcException(
        RpcCode.INVALID_ARGUMENT, "The header x-rpc-call is not service/cluster;attempt", cause);
  }
}

package dev.headline.rpc;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a failure beside its status: that no handler has seen the call, and when it
 * may be sent again. A client that does not know the trailer sees an ordinary status.
 *
 * <p>{@code x-rpc-refused} says that the call was not executed. Its text is the milliseconds before
 * which it is not to be sent again, {@code never}, or {@code yes} if the client may decide. Where a
 * call may have been executed, what the server says about trying again is gRPC's own {@code
 * grpc-retry-pushback-ms}, which is also read from servers that are not ours.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md">gRFC A6, server
 *     pushback</a>
 */
public final class RefusalTrailer {

  /** Says that the call was not executed, and when it may be sent again. */
  public static final Metadata.Key<String> REFUSED =
      Metadata.Key.of("x-rpc-refused", Metadata.ASCII_STRING_MARSHALLER);

  /** gRPC's own word on when a call may be sent again; a negative number is never. */
  public static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final String NEVER = "never";
  private static final String CLIENT_DECIDES = "yes";

  /** Eleven days; a longer text is not a number that anybody means. */
  private static final int MOST_DIGITS = 9;

  private RefusalTrailer() {}

  /** The trailers of a call that ends in a failure; empty if there is nothing to say. */
  public static Metadata of(RpcException failure) {
    var trailers = new Metadata();
    switch (failure.execution()) {
      case NOT_EXECUTED -> trailers.put(REFUSED, refused(failure.pushback()));
      case UNKNOWN -> {
        switch (failure.pushback()) {
          case Pushback.None _ -> {}
          case Pushback.After(Duration delay) ->
              trailers.put(PUSHBACK, Long.toString(delay.toMillis()));
          case Pushback.Never _ -> trailers.put(PUSHBACK, "-1");
        }
      }
    }
    return trailers;
  }

  /**
   * The failure that a server's status and trailers stand for. A trailer that cannot be read is as
   * good as none, but for gRPC's own, which then means never.
   *
   * @param status not OK
   */
  public static RpcException read(Status status, Metadata trailers) {
    String refused = trailers.get(REFUSED);
    Pushback after = refused == null ? null : pushback(refused);
    if (after != null) {
      return RpcException.of(status, status.getCause(), Execution.NOT_EXECUTED, after);
    }
    String said = trailers.get(PUSHBACK);
    return RpcException.of(
        status, status.getCause(), Execution.UNKNOWN, said == null ? Pushback.NONE : grpc(said));
  }

  private static String refused(Pushback pushback) {
    return switch (pushback) {
      case Pushback.None _ -> CLIENT_DECIDES;
      case Pushback.After(Duration delay) -> Long.toString(delay.toMillis());
      case Pushback.Never _ -> NEVER;
    };
  }

  private static @Nullable Pushback pushback(String text) {
    return switch (text) {
      case CLIENT_DECIDES -> Pushback.NONE;
      case NEVER -> Pushback.NEVER;
      default -> isNumber(text) ? after(text) : null;
    };
  }

  private static Pushback grpc(String text) {
    return isNumber(text) ? after(text) : Pushback.NEVER;
  }

  private static Pushback after(String millis) {
    return new Pushback.After(Duration.ofMillis(Integer.parseInt(millis)));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

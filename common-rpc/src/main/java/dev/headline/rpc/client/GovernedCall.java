package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a generated blocking stub does (start, send, half-close, wait) into one trip through
 * the chain. All of it happens in {@link #halfClose}, on the caller's thread: when that returns,
 * the stub has its answer and waits for nothing.
 */
final class GovernedCall<Q, R> extends ClientCall<Q, R> {

  private final Route route;
  private final MethodDescriptor<Q, R> method;
  private final @Nullable Deadline deadline;
  private @Nullable Listener<R> listener;
  private @Nullable Metadata headers;
  private @Nullable Q request;
  private @Nullable Status cancelled;

  GovernedCall(Route route, MethodDescriptor<Q, R> method, @Nullable Deadline deadline) {
    this.route = route;
    this.method = method;
    this.deadline = deadline;
  }

  @Override
  public void start(Listener<R> responseListener, Metadata callHeaders) {
    listener = responseListener;
    headers = callHeaders;
  }

  @Override
  public void request(int numMessages) {
    // The one reply of a unary call is delivered when it is there.
  }

  @Override
  public void sendMessage(Q message) {
    request = message;
  }

  @Override
  public void halfClose() {
    Listener<R> receiver = listener;
    Metadata beside = headers;
    Q message = request;
    if (receiver == null || beside == null || message == null) {
      throw new IllegalStateException("A call is started, given its message and then half-closed");
    }
    Status before = cancelled;
    if (before != null) {
      receiver.onClose(before, new Metadata());
      return;
    }
    var call = new Call<>(method, message, route.unrouted(), beside);
    call.deadline(deadline);
    R reply;
    try {
      reply = route.invoke(call);
    } catch (RuntimeException e) {
      // Also what no link may throw: whoever listens waits for the end of the call.
      Told.read(call.told());
      receiver.onClose(RpcException.from(e).ofCallee().toStatus(), new Metadata());
      return;
    }
    Told.read(call.told());
    receiver.onMessage(reply);
    receiver.onClose(Status.OK, new Metadata());
  }

  /**
   * Takes effect before the half-close; a call that is under way is cancelled by its request's
   * context.
   */
  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    cancelled =
        new RpcException(RpcCode.CANCELLED, message == null ? "" : message, cause).toStatus();
  }
}

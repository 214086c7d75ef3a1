package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the call on the wire and waits for its reply: start, request, send, half-close, then park
 * until gRPC says that the call is closed. gRPC itself closes it at the deadline and when the
 * request's context is cancelled, so waiting needs no timeout of its own.
 */
final class Send implements Endpoint {

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    Connection connection = call.connection();
    if (connection == null) {
      throw new RpcException(RpcCode.INTERNAL, "No instance was picked for " + call.target().key());
    }
    ClientCall<Q, R> wire =
        connection
            .channel()
            .newCall(call.method(), CallOptions.DEFAULT.withDeadline(call.deadline()));
    var reply = new Reply<R>(Thread.currentThread());
    try {
      wire.start(reply, call.headers());
      // Two, so that a server that answers a unary call twice is found out.
      wire.request(2);
      wire.sendMessage(call.request());
      wire.halfClose();
    } catch (RuntimeException e) {
      wire.cancel("The request could not be sent", e);
      throw RpcException.from(e);
    }
    return reply.await();
  }

  /** Receives on the event loop, and wakes the caller once. */
  private static final class Reply<R> extends ClientCall.Listener<R> {

    private final Thread caller;
    private @Nullable R message;
    private boolean twice;
    private volatile @Nullable Status status;

    Reply(Thread caller) {
      this.caller = caller;
    }

    @Override
    public void onMessage(R received) {
      twice = message != null;
      message = received;
    }

    @Override
    public void onClose(Status closed, Metadata trailers) {
      status = closed;
      LockSupport.unpark(caller);
    }

    R await() {
      Status closed;
      // An interrupt would make each park return at once. It is nobody's way to end a call: kept
      // for later.
      boolean interrupted = false;
      while ((closed = status) == null) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        caller.interrupt();
      }
      if (!closed.isOk()) {
        throw RpcException.of(closed, closed.getCause());
      }
      R received = message;
      if (received == null || twice) {
        throw new RpcException(
            RpcCode.INTERNAL, "The server did not give one reply to one request");
      }
      return received;
    }
  }
}

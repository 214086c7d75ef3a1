package dev.headline.rpc.server;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a handler answers, instead of sending it: the links of the chain come between the
 * handler and the wire.
 */
final class Answer<Q, R> extends ServerCall<Q, R> {

  private final MethodDescriptor<Q, R> method;
  private @Nullable R message;
  private @Nullable Status status;

  Answer(MethodDescriptor<Q, R> method) {
    this.method = method;
  }

  /**
   * The reply.
   *
   * @throws RpcException if the handler answered with an error, or not before it returned: handlers
   *     are blocking code
   */
  R get() {
    Status closed = status;
    if (closed != null && !closed.isOk()) {
      throw RpcException.of(closed, closed.getCause());
    }
    R reply = message;
    if (closed == null || reply == null) {
      throw new RpcException(
          RpcCode.INTERNAL, method.getFullMethodName() + " returned without an answer");
    }
    return reply;
  }

  @Override
  public void sendMessage(R reply) {
    message = reply;
  }

  @Override
  public void close(Status closed, Metadata trailers) {
    status = closed;
  }

  @Override
  public boolean isCancelled() {
    return RequestContext.current().isCancelled();
  }

  @Override
  public MethodDescriptor<Q, R> getMethodDescriptor() {
    return method;
  }

  @Override
  public void request(int numMessages) {
    // The one message is there before the handler is called.
  }

  @Override
  public void sendHeaders(Metadata headers) {
    // The adapter sends them with the reply.
  }
}

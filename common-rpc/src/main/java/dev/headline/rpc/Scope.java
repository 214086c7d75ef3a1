package dev.headline.rpc;

import io.grpc.Context;

/**
 * A request, or a part of one, that ends at its deadline or when it is closed, whatever comes
 * first.
 */
public final class Scope implements AutoCloseable {

  private final Context.CancellableContext context;

  Scope(Context.CancellableContext context) {
    this.context = context;
  }

  /** The context to run in. */
  public RequestContext context() {
    return new RequestContext(context);
  }

  /** Cancels all that runs in this scope: every call still out, on this host and the next. */
  public void cancel(String reason) {
    context.cancel(new RpcException(RpcCode.CANCELLED, reason));
  }

  /** Ends the scope; what still runs in it is cancelled. */
  @Override
  public void close() {
    context.cancel(null);
  }
}

package dev.headline.loadtest.experiment.page;

import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Calls the handler on a virtual thread of its own, and all that is not the handler where it is.
 */
final class HopOnce implements ServerInterceptor {

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onHalfClose() {
        Context context = Context.current();
        Thread.startVirtualThread(() -> context.run(super::onHalfClose));
      }
    };
  }
}

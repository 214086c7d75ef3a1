package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Verdict;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;

/**
 * The end of the server chain: the handler that gRPC generated the skeleton of, called like a
 * method. Whatever fails from here on, the handler has begun.
 */
final class Handle implements Endpoint {

  private final ServerCallHandler<?, ?> handler;

  /**
   * @param handler of the one method that this chain serves
   */
  Handle(ServerCallHandler<?, ?> handler) {
    this.handler = handler;
  }

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    Verdict verdict = call.verdict();
    // What was not let in comes here on the event loop, where no handler may run.
    if (verdict != null && !(verdict instanceof Verdict.Admitted)) {
      throw RpcException.refused(RpcCode.INTERNAL, "No link has carried out " + verdict);
    }
    // A chain is made for one method, so the messages of the call are the messages of its handler.
    @SuppressWarnings("unchecked")
    var typed = (ServerCallHandler<Q, R>) handler;
    var answer = new Answer<Q, R>(call.method());
    try {
      ServerCall.Listener<Q> skeleton = typed.startCall(answer, call.headers());
      skeleton.onMessage(call.request());
      skeleton.onHalfClose();
      return answer.get();
    } catch (RpcException e) {
      throw e.executed();
    }
  }
}

package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;

/** Finds out who calls, and puts it where the handler and all calls that it makes can see it. */
final class ReadHeaders implements Middleware {

  private final Callers callers;

  ReadHeaders(Callers callers) {
    this.callers = callers;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Callers.Known known = callers.named(call.headers().get(CallHeader.KEY));
    call.target(known.target());
    return RequestContext.current().calledBy(known.caller()).call(() -> next.invoke(call));
  }
}

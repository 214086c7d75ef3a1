package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;

/**
 * Puts where the request comes from in a place where the handler and all calls that it makes can
 * see it.
 */
final class ReadHeaders implements Middleware {

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    return RequestContext.current()
        .from(call.origin(), call.ledger())
        .call(() -> next.invoke(call));
  }
}

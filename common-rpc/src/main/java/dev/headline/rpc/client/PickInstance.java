package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;

/** Chooses who answers: one of the instances of the cluster that the call goes to. */
final class PickInstance implements Middleware {

  private final Connections connections;

  PickInstance(Connections connections) {
    this.connections = connections;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Connection chosen = connections.pick(call.target().key().toCluster());
    call.connection(chosen);
    return next.invoke(call);
  }
}

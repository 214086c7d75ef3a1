package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;

/** Chooses who answers: one of the instances of the cluster that the call goes to. */
final class PickInstance implements Middleware {

  private final Connections connections;
  private final String cluster;

  PickInstance(Connections connections, String cluster) {
    this.connections = connections;
    this.cluster = cluster;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Connection chosen = connections.pick(cluster);
    call.connection(chosen);
    return next.invoke(call);
  }
}

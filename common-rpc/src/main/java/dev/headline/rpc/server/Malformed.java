package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;

/** The end of the way of calls whose header cannot be read: they are refused, and counted. */
final class Malformed implements Endpoint {

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    throw RpcException.refused(
        RpcCode.INVALID_ARGUMENT, "The header x-rpc-call is not service/cluster;attempt[;flags]");
  }
}

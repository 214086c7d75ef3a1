package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.Deadline;

/**
 * Does not begin what nobody waits for any more: work that starts after its deadline only takes
 * time from work that does not.
 */
final class DropExpired implements Middleware {

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    RequestContext.current().check();
    Deadline deadline = call.deadline();
    if (deadline != null && deadline.isExpired()) {
      throw new RpcException(
          RpcCode.DEADLINE_EXCEEDED, "The deadline had passed before the handler began");
    }
    return next.invoke(call);
  }
}

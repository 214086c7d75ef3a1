package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.TimeoutPolicy;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the call one deadline for all that follows: the earliest of what the request has left, what
 * the policy allows, and what the caller set on the stub. A deadline is an absolute instant that
 * combines by taking the minimum, an idea of Finagle and gRPC.
 */
final class DeadlineBudget implements Middleware {

  private final TimeoutPolicy policy;

  DeadlineBudget(TimeoutPolicy policy) {
    this.policy = policy;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    RequestContext request = RequestContext.current();
    request.check();
    Deadline total = Deadline.after(policy.total().toNanos(), TimeUnit.NANOSECONDS);
    Deadline deadline = earliest(earliest(total, call.deadline()), request.deadline());
    if (deadline.isExpired()) {
      throw new RpcException(
          RpcCode.DEADLINE_EXCEEDED, "No time was left for " + call.target().key());
    }
    call.deadline(deadline);
    return next.invoke(call);
  }

  private static Deadline earliest(Deadline one, @Nullable Deadline other) {
    return other == null ? one : one.minimum(other);
  }
}

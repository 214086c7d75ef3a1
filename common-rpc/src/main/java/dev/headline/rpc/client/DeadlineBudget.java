package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.OpenEntry;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Tried;
import dev.headline.rpc.policy.TimeoutPolicy;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the call one deadline for all that follows: the earliest of what the request has left but
 * for a margin, what the policy allows, and what the caller set on the stub. A deadline is an
 * absolute instant that combines by taking the minimum, an idea of Finagle and gRPC.
 *
 * <p>The margin is for answering: a callee that runs out of time has a little of its caller's left
 * to say so, and to say where the time went. Here the call is entered into the request's ledger.
 */
final class DeadlineBudget implements Middleware {

  private final TimeoutPolicy policy;
  private final long total;
  private final long margin;

  DeadlineBudget(TimeoutPolicy policy) {
    this.policy = policy;
    this.total = policy.total().toNanos();
    this.margin = policy.margin().toNanos();
  }

  @Override
  public String describe() {
    return "total = min(%d ms, what the request has left - %d ms, the stub's deadline)"
        .formatted(policy.total().toMillis(), policy.margin().toMillis());
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    RequestContext request = RequestContext.current();
    request.check();
    call.deadline(deadline(call, request.deadline()));
    OpenLedger ledger = request.ledger();
    return ledger == null ? next.invoke(call) : entered(ledger, call, next);
  }

  private Deadline deadline(Call<?, ?> call, @Nullable Deadline request) {
    Deadline own = call.deadline();
    long left = request == null ? Long.MAX_VALUE : request.timeRemaining(TimeUnit.NANOSECONDS);
    if (left <= 0 || (own != null && own.isExpired())) {
      throw RpcException.refused(
          RpcCode.DEADLINE_EXCEEDED, "No time was left for " + call.target().key());
    }
    long allowed = Math.min(total, lessMargin(left, margin));
    Deadline deadline = Deadline.after(allowed, TimeUnit.NANOSECONDS);
    return own == null ? deadline : deadline.minimum(own);
  }

  /**
   * What is left but for the margin, of which at most half is kept back: whoever has little time
   * left still may try.
   *
   * @param left in nanoseconds, positive
   * @return positive and at most {@code left}
   */
  static long lessMargin(long left, long margin) {
    return left - Math.min(margin, left / 2);
  }

  private static <Q, R> R entered(OpenLedger ledger, Call<Q, R> call, Endpoint next) {
    if (ledger.isWanted()) {
      call.headers().discardAll(Ledger.HEADER);
      call.headers().put(Ledger.HEADER, "wanted");
    }
    OpenEntry entry = ledger.begin(call.target().key());
    call.entry(entry);
    RpcCode outcome = RpcCode.INTERNAL;
    try {
      R reply = next.invoke(call);
      outcome = RpcCode.OK;
      return reply;
    } catch (RpcException e) {
      outcome = e.code();
      throw e;
    } finally {
      entry.close(attempts(call), outcome);
    }
  }

  private static int attempts(Call<?, ?> call) {
    Tried tried = call.tried();
    if (tried != null) {
      return tried.instances().size();
    }
    return call.connection() == null ? 0 : call.attempt();
  }
}

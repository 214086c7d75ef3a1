package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.words.Figures;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Does not begin what nobody waits for any more, nor what cannot be done in time: work that ends
 * after its deadline only takes time from work that does not.
 *
 * <p>What usually takes longer than there is time left is refused by estimate. Because estimates
 * can be wrong, and because nothing corrects one that refuses everything, at most every fifth call
 * is refused so. The idea is that of Finagle's DeadlineFilter.
 */
final class DropExpired implements Middleware {

  private final MedianEstimate usual = new MedianEstimate();
  private final Allowance allowance = new Allowance();
  private final LongSupplier nanoClock;

  DropExpired(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Override
  public String describe() {
    long nanos = usual.nanos();
    return nanos == 0
        ? "refuses what is past its deadline; too few samples for an estimate"
        : "refuses what is past its deadline, and up to every fifth call with less than %s left"
            .formatted(Figures.millis(nanos));
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    RequestContext request = RequestContext.current();
    if (request.isCancelled()) {
      throw refusal(call, request.failure().code(), "Nobody waited any more when its turn came");
    }
    Deadline deadline = call.deadline();
    if (deadline != null) {
      admit(call, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }
    long start = nanoClock.getAsLong();
    R reply = next.invoke(call);
    // Only what has done its work tells how long that takes.
    usual.add(nanoClock.getAsLong() - start);
    return reply;
  }

  private void admit(Call<?, ?> call, long left) {
    if (left <= 0) {
      throw refusal(
          call, RpcCode.DEADLINE_EXCEEDED, "The deadline had passed before the handler began");
    }
    allowance.earn();
    long needed = usual.nanos();
    if (left < needed && allowance.take()) {
      throw refusal(
          call,
          RpcCode.DEADLINE_EXCEEDED,
          "It usually takes %s and only %s were left"
              .formatted(Figures.millis(needed), Figures.millis(left)));
    }
  }

  private RpcException refusal(Call<?, ?> call, RpcCode code, String sentence) {
    call.target().decisions().record(name(), "too late", sentence);
    return RpcException.refused(code, sentence);
  }
}

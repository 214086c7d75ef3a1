package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Phases;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.telemetry.AttemptMeter;
import java.util.List;

/**
 * Counts and times each attempt that is sent, by why it was made, and its phases. What a link above
 * it refuses was not sent and is not counted, so that the sum is what servers see.
 */
final class AttemptMetering implements Middleware {

  private final AttemptMeter meter;

  private AttemptMetering(AttemptMeter meter) {
    this.meter = meter;
  }

  /** The link that this much detail wants, if any. */
  static List<Middleware> under(AttemptMeter meter, Detail detail) {
    return detail == Detail.BASIC ? List.of() : List.of(new AttemptMetering(meter));
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    long start = System.nanoTime();
    Phases before = call.phases();
    RpcCode code = RpcCode.INTERNAL;
    try {
      R reply = next.invoke(call);
      code = RpcCode.OK;
      return reply;
    } catch (RpcException e) {
      code = e.code();
      throw e;
    } finally {
      meter.record(call.kind(), code, System.nanoTime() - start);
      Phases phases = call.phases();
      // Those of the attempt before stay where they were if this one did not even begin.
      if (phases != null && !phases.equals(before)) {
        meter.record(phases);
      }
    }
  }
}

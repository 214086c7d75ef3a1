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
 *
 * <p>Four phases are four timers, which would cost more than all the other links of a small call.
 * Unless all detail is wanted, they are taken of one attempt in {@value #SAMPLE}; of the first, so
 * that rare calls have them too.
 */
final class AttemptMetering implements Middleware {

  static final int SAMPLE = 8;

  private final AttemptMeter meter;
  private final int every;

  // Threads may lose each other's steps: it need not be exact.
  private int turn;

  private AttemptMetering(AttemptMeter meter, int every) {
    this.meter = meter;
    this.every = every;
  }

  /** The link that this much detail wants, if any. */
  static List<Middleware> under(AttemptMeter meter, Detail detail) {
    return switch (detail) {
      case BASIC -> List.of();
      case STANDARD -> List.of(new AttemptMetering(meter, SAMPLE));
      case FULL -> List.of(new AttemptMetering(meter, 1));
    };
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
      if (phases != null && !phases.equals(before) && isSampled()) {
        meter.record(phases);
      }
    }
  }

  private boolean isSampled() {
    int now = turn;
    turn = now + 1 == every ? 0 : now + 1;
    return now == 0;
  }
}

package dev.headline.rpc.telemetry;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.Detail;
import org.jspecify.annotations.Nullable;

/**
 * The link that counts and times a call by its five-tuple. Both chains have it: on the client it
 * sees what the caller waits for, on the server what the handler and the links before it take.
 */
public final class Metering implements Middleware {

  private final @Nullable AttemptMeter queues;

  private Metering(@Nullable AttemptMeter queues) {
    this.queues = queues;
  }

  /** The link of a client, which also times how long calls wait before they are sent. */
  public static Metering ofClient(AttemptMeter attempts, Detail detail) {
    return new Metering(detail == Detail.BASIC ? null : attempts);
  }

  /** The link of a server. */
  public static Metering ofServer() {
    return new Metering(null);
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    long start = System.nanoTime();
    RpcCode code = RpcCode.INTERNAL;
    try {
      R reply = next.invoke(call);
      code = RpcCode.OK;
      return reply;
    } catch (RpcException e) {
      code = e.code();
      throw e;
    } finally {
      call.target().meter().record(code, System.nanoTime() - start);
      if (queues != null && call.queuedNanos() > 0) {
        queues.queued(call.queuedNanos());
      }
    }
  }
}

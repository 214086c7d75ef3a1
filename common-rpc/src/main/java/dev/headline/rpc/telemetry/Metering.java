package dev.headline.rpc.telemetry;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;

/**
 * The link that counts and times a call by its five-tuple. Both chains have it: on the client it
 * sees what the caller waits for, on the server what the handler and the links before it take.
 */
public final class Metering implements Middleware {

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    long start = System.nanoTime();
    try {
      R reply = next.invoke(call);
      call.target().meter().record(RpcCode.OK, System.nanoTime() - start);
      return reply;
    } catch (RpcException e) {
      call.target().meter().record(e.code(), System.nanoTime() - start);
      throw e;
    } catch (RuntimeException | Error e) {
      call.target().meter().record(RpcCode.INTERNAL, System.nanoTime() - start);
      throw e;
    }
  }
}

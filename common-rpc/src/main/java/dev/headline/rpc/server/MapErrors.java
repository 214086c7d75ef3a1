package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.telemetry.RpcSpans;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every failure of a handler a category. What the handler refused by an {@link RpcException}
 * passes as it is; what it did not expect is logged here and told to the caller without details,
 * and so is what a service that it asked refused it.
 */
final class MapErrors implements Middleware {

  private static final Logger log = LoggerFactory.getLogger(MapErrors.class);

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    try {
      return next.invoke(call);
    } catch (RpcException e) {
      throw e.isOfCallee() ? ofCallee(e) : e;
    } catch (StatusRuntimeException e) {
      throw ofCallee(RpcException.from(e).executed());
    } catch (RuntimeException e) {
      // Whatever else a handler throws, it did not expect it.
      if (RequestContext.current().isCancelled()) {
        throw ofOver(call, e);
      }
      log.error("{} failed{}", call.target().key(), RpcSpans.inTrace(), e);
      throw new RpcException(RpcCode.INTERNAL, "The service failed; its log says why", e);
    } catch (Error e) {
      // Not ours to handle, but nobody else says which call it was.
      log.error("{} failed{}", call.target().key(), RpcSpans.inTrace(), e);
      throw e;
    }
  }

  /**
   * Most often this is how the handler noticed that nobody waits any more: its statement was
   * cancelled, for example. Under load that is too ordinary for the log; if it hid a fault, the
   * next request that waits shows it.
   */
  private static RpcException ofOver(Call<?, ?> call, RuntimeException e) {
    log.debug("{} failed when its request was over{}", call.target().key(), RpcSpans.inTrace(), e);
    return RequestContext.current().failure();
  }

  /**
   * A service that refused what this one asked of it says that this one is wrong, not that its
   * caller is. Nor does it say that this one has done nothing.
   */
  private static RpcException ofCallee(RpcException e) {
    if (e.code().isFault() || e.code() == RpcCode.CANCELLED) {
      return e;
    }
    log.error("A callee refused a call of this service{}", RpcSpans.inTrace(), e);
    return new RpcException(RpcCode.INTERNAL, "The service failed; its log says why", e);
  }
}

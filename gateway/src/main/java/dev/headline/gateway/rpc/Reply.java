package dev.headline.gateway.rpc;

import dev.headline.rpc.RpcException;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/** The reply of a generated stub, with failures in the platform's own words. */
final class Reply {

  private Reply() {}

  static <R> R of(Supplier<R> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw RpcException.from(e);
    }
  }
}

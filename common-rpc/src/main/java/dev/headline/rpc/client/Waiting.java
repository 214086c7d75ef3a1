package dev.headline.rpc.client;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Calls that wait for news. Safe for many threads. */
final class Waiting {

  private final Set<Call> calls = ConcurrentHashMap.newKeySet();

  /**
   * Waits until the news is told or time is up. Blocks the (virtual) thread; ends at once when the
   * request is cancelled.
   *
   * @param isNeeded false if the news has come already
   * @throws dev.headline.rpc.RpcException if the request is cancelled; what waits here has not been
   *     executed
   */
  void await(BooleanSupplier isNeeded, Duration patience) {
    RequestContext request = RequestContext.current();
    var call = new Call();
    calls.add(call);
    try (var _ = request.onCancel(call::wake)) {
      // Asked after it is among those who are told, so that no news is missed.
      if (isNeeded.getAsBoolean()) {
        try (var _ = Timers.alarm(patience, call::wake)) {
          call.over.join();
        }
      }
    } finally {
      calls.remove(call);
    }
    if (request.isCancelled()) {
      throw request.failure().notExecuted();
    }
  }

  /** Lets all go on that wait now. Does not block. */
  void tell() {
    calls.forEach(Call::wake);
  }

  private static final class Call {

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private void wake() {
      over.complete(null);
    }
  }
}

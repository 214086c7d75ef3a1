package dev.headline.data.cache;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RequestContext.Subscription;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.transport.Timers;
import dev.headline.rpc.transport.Timers.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits that end with the request. */
final class Waiting {

  private Waiting() {}

  /**
   * Waits until it is completed.
   *
   * @param event nobody else's, because it is completed here if the request ends first
   * @throws RpcException what it was completed with, or why the request ended
   */
  static void until(CompletableFuture<Void> event, RequestContext request) {
    try (Subscription _ = request.onCancel(() -> event.completeExceptionally(request.failure()))) {
      event.join();
    } catch (CompletionException e) {
      throw e.getCause() == null ? e : RpcException.from(e.getCause());
    }
  }

  /** Rests for a while. */
  static void rest(Duration time, Timers.Source timers, RequestContext request) {
    var over = new CompletableFuture<Void>();
    try (Alarm _ = timers.in(time, () -> over.complete(null))) {
      until(over, request);
    }
  }
}

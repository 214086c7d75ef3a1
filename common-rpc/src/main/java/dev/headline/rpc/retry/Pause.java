package dev.headline.rpc.retry;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.transport.Timers;
import java.util.concurrent.CompletableFuture;

/** The wait before another attempt. */
final class Pause {

  private Pause() {}

  /**
   * Waits, by blocking the (virtual) thread. Ends at once when the request does; whoever goes on
   * has to ask whether it is still wanted.
   *
   * @param nanos how long; 0 or less is not at all
   */
  static void await(long nanos, RequestContext request, Clockwork.Alarms alarms) {
    if (nanos <= 0) {
      return;
    }
    var over = new CompletableFuture<Void>();
    Timers.Timer timer = alarms.start(nanos, () -> over.complete(null));
    try (var _ = request.onCancel(() -> over.complete(null))) {
      over.join();
    } finally {
      timer.cancel();
    }
  }
}

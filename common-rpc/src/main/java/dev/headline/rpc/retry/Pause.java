package dev.headline.rpc.retry;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
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
  static void await(long nanos, RequestContext request, Timers.Source alarms) {
    if (nanos <= 0) {
      return;
    }
    var over = new CompletableFuture<Void>();
    try (var _ = alarms.in(Duration.ofNanos(nanos), () -> over.complete(null));
        var _ = request.onCancel(() -> over.complete(null))) {
      over.join();
    }
  }
}

package dev.headline.rpc.load;

import dev.headline.rpc.RequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Tells one thread, once, that a run is over. */
final class Signal {

  private final CompletableFuture<Boolean> given = new CompletableFuture<>();

  void give() {
    given.complete(true);
  }

  /** Hands over what must not happen, such as an Error, to the one who waits. */
  boolean fail(Throwable unexpected) {
    return given.completeExceptionally(unexpected);
  }

  /** Waits for the signal or the end of the request, whatever comes first. */
  void await(RequestContext request) {
    if (!given.isDone()) {
      try (var _ = request.onCancel(this::give)) {
        join();
      }
    }
    join();
  }

  private void join() {
    try {
      given.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}

package dev.headline.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that runs beside the thread that started it, within the same request. Safe for use by many
 * threads.
 *
 * @param <T> what it results in
 */
public final class Fork<T> {

  private final RequestContext context;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private Fork(RequestContext context) {
    this.context = context;
  }

  static <T> Fork<T> start(RequestContext context, Supplier<T> work) {
    var fork = new Fork<T>(context);
    Thread.startVirtualThread(() -> context.run(() -> fork.complete(work)));
    return fork;
  }

  /**
   * Waits for the result. When the request ends first, by its deadline or by cancellation, it stops
   * waiting at once; the work has been told the same and is on its way out.
   *
   * @throws RpcException if the request ended first
   * @throws RuntimeException what the work threw
   */
  public T join() {
    if (!result.isDone()) {
      try (var _ = context.onCancel(() -> result.completeExceptionally(context.failure()))) {
        return await();
      }
    }
    return await();
  }

  private T await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  // Whatever the work throws belongs to whoever joins; nothing may be lost on this thread.
  @SuppressWarnings("CatchingUnchecked")
  private void complete(Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (Throwable failure) {
      result.completeExceptionally(failure);
    }
  }
}

package dev.headline.rpc.retry;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A second attempt, on a thread of its own and in a part of the request that can be cancelled
 * alone. Safe for use by many threads.
 */
final class Hedge<R> {

  private final Scope scope;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable R reply;
  private @Nullable RpcException failure;

  /**
   * @param request what it is a part of
   */
  Hedge(RequestContext request) {
    this.scope = request.part();
  }

  /**
   * Begins. Does not block.
   *
   * @param attempt the attempt
   * @param answered told on the attempt's thread when nobody needs to wait for another one
   */
  void start(Supplier<R> attempt, Runnable answered) {
    var _ =
        scope
            .context()
            .fork(
                () -> {
                  run(attempt, answered);
                  return true;
                });
  }

  /**
   * Waits until it is over, which its deadline and the end of the request make sure of.
   *
   * @throws RpcException if there is no reply
   */
  R join() {
    over.join();
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(reply);
  }

  /** Ends it, unless it is over. */
  void cancel() {
    scope.cancel("The other attempt was faster");
  }

  // Whatever it throws belongs to whoever joins; nothing may be lost on this thread.
  @SuppressWarnings("CatchingUnchecked")
  private void run(Supplier<R> attempt, Runnable answered) {
    try {
      reply = attempt.get();
    } catch (Throwable e) {
      failure = RpcException.from(e);
    }
    over.complete(null);
    if (failure == null || Failures.isAnswer(failure)) {
      answered.run();
    }
    scope.close();
  }
}

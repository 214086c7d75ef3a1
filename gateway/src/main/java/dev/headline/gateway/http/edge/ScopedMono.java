package dev.headline.gateway.http.edge;

import dev.headline.rpc.Scope;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The bridge from Reactor, which notices a client that leaves, to blocking code on a virtual
 * thread, which is pleasant to read.
 *
 * <p>Whoever drops the subscription cancels the scope, and with it every call that runs in it. The
 * thread is not interrupted; it finds its calls failed and comes to its end.
 */
final class ScopedMono<T> {

  private static final Logger LOG = LoggerFactory.getLogger(ScopedMono.class);

  private final Scope scope;
  private final MonoSink<T> sink;
  private final Executor delivery;
  private final Runnable afterwards;
  private final AtomicBoolean left = new AtomicBoolean();

  private ScopedMono(Scope scope, MonoSink<T> sink, Executor delivery, Runnable afterwards) {
    this.scope = scope;
    this.sink = sink;
    this.delivery = delivery;
    this.afterwards = afterwards;
  }

  /**
   * Work whose result is awaited by whoever subscribes.
   *
   * @param opening opens a scope; the scope ends with the work
   * @param work runs on a new virtual thread within the scope
   * @param delivery where the subscriber gets the result
   * @param afterwards runs once in any case: when the subscriber has taken the result, which for an
   *     answer means that it is written as JSON, or when there is nobody to take one
   * @return to be subscribed to once
   */
  static <T> Mono<T> of(
      Supplier<Scope> opening, Supplier<T> work, Executor delivery, Runnable afterwards) {
    return Mono.create(
        sink -> {
          try {
            new ScopedMono<>(opening.get(), sink, delivery, afterwards).start(work);
          } catch (RuntimeException | Error e) {
            afterwards.run();
            throw e;
          }
        });
  }

  private void start(Supplier<T> work) {
    sink.onCancel(this::leave);
    var _ = scope.context().fork(() -> finish(work));
  }

  private void leave() {
    left.set(true);
    scope.cancel("The client has left");
  }

  // Everything must reach the sink, or the client would wait for ever.
  @SuppressWarnings("CatchingUnchecked")
  private boolean finish(Supplier<T> work) {
    T answer;
    try (scope) {
      answer = work.get();
    } catch (Throwable failure) {
      return fail(failure);
    }
    deliver(() -> sink.success(answer));
    return true;
  }

  private boolean fail(Throwable failure) {
    if (left.get()) {
      LOG.debug("Nobody waits any more", failure);
      afterwards.run();
      return false;
    }
    deliver(() -> sink.error(failure));
    return false;
  }

  private void deliver(Runnable result) {
    try {
      delivery.execute(() -> handOver(result));
    } catch (RejectedExecutionException closed) {
      LOG.debug("The connection is gone with its thread", closed);
      afterwards.run();
    }
  }

  private void handOver(Runnable result) {
    try {
      result.run();
    } finally {
      afterwards.run();
    }
  }
}

package dev.headline.gateway;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One method of a fake service: it counts, and does what a test wants. */
final class FakeRpc<Q, R> {

  private final Function<Q, R> usual;
  private final List<Q> requests = new CopyOnWriteArrayList<>();
  private final List<Long> remainingMillis = new CopyOnWriteArrayList<>();

  // A new one after each reset: a call of an earlier test may be cancelled later.
  private volatile AtomicInteger cancelled = new AtomicInteger();

  private volatile Behaviour<Q, R> behaviour;

  /**
   * @param usual what it answers until a test wants something else
   */
  FakeRpc(Function<Q, R> usual) {
    this.usual = usual;
    this.behaviour = answering(usual);
  }

  /** Forgets what has happened, and answers as usual. */
  void reset() {
    requests.clear();
    remainingMillis.clear();
    cancelled = new AtomicInteger();
    behaviour = answering(usual);
  }

  void answers(Function<Q, R> answer) {
    behaviour = answering(answer);
  }

  /** Answers as usual, but does something before. */
  void after(Runnable before) {
    behaviour =
        (request, caller) -> {
          before.run();
          answering(usual).serve(request, caller);
        };
  }

  void fails(Status status) {
    behaviour = (_, caller) -> caller.onError(status.asRuntimeException());
  }

  /** Never answers. */
  void hangs() {
    behaviour = (_, _) -> {};
  }

  void serve(Q request, StreamObserver<R> observer) {
    var caller = (ServerCallStreamObserver<R>) observer;
    caller.setOnCancelHandler(cancelled::incrementAndGet);
    Deadline deadline = Context.current().getDeadline();
    remainingMillis.add(
        deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.MILLISECONDS));
    requests.add(request);
    behaviour.serve(request, caller);
  }

  /** All it was asked, in order. */
  List<Q> requests() {
    return requests;
  }

  /** How much time was left for each request when it came. */
  List<Long> remainingMillis() {
    return remainingMillis;
  }

  int calls() {
    return requests.size();
  }

  /** How many of its calls were cancelled before they had an answer. */
  int cancelled() {
    return cancelled.get();
  }

  private static <Q, R> Behaviour<Q, R> answering(Function<Q, R> answer) {
    return (request, caller) -> {
      caller.onNext(answer.apply(request));
      caller.onCompleted();
    };
  }

  private interface Behaviour<Q, R> {

    void serve(Q request, StreamObserver<R> caller);
  }
}

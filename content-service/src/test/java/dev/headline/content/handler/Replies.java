package dev.headline.content.handler;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Calls a handler as the server does: it answers before it returns, or throws. */
final class Replies {

  private Replies() {}

  static <Q, R> R of(BiConsumer<Q, StreamObserver<R>> method, Q request) {
    List<R> replies = new ArrayList<>();
    method.accept(request, new Collector<>(replies));
    if (replies.size() != 1) {
      throw new AssertionError("One reply is due, but there are " + replies.size());
    }
    return replies.getFirst();
  }

  private record Collector<R>(List<R> replies) implements StreamObserver<R> {

    @Override
    public void onNext(R reply) {
      replies.add(reply);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError("A handler throws what went wrong", failure);
    }

    @Override
    public void onCompleted() {}
  }
}

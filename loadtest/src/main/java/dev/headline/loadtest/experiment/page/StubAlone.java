package dev.headline.loadtest.experiment.page;

import dev.headline.comment.v1.BatchTopResponse;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * grpc-java's stub over a channel that answers at once: work of a known size, none of it ours, by
 * which a slow machine is told from a slow chain.
 */
final class StubAlone extends Channel {

  private StubAlone() {}

  static CommentServiceBlockingStub stub() {
    return CommentServiceGrpc.newBlockingStub(new StubAlone());
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    return new AnswerAtOnce<>();
  }

  @Override
  public String authority() {
    return "nowhere";
  }

  private static final class AnswerAtOnce<Q, R> extends ClientCall<Q, R> {

    private @Nullable Listener<R> listener;

    @Override
    public void start(Listener<R> caller, Metadata headers) {
      listener = caller;
    }

    @Override
    public void request(int messages) {
      // The one there is comes anyway.
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      // It has ended already.
    }

    @Override
    public void sendMessage(Q message) {
      // Nobody reads it.
    }

    // Only one method is called.
    @Override
    @SuppressWarnings("unchecked")
    public void halfClose() {
      if (listener == null) {
        throw new IllegalStateException("A call is started first");
      }
      listener.onMessage((R) BatchTopResponse.getDefaultInstance());
      listener.onClose(Status.OK, new Metadata());
    }
  }
}

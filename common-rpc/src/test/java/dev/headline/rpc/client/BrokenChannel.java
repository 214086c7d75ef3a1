package dev.headline.rpc.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A channel whose calls end in an error when their request is complete, as by a missing class. */
final class BrokenChannel extends ManagedChannel {

  boolean cancelled;

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    return new ClientCall<>() {
      @Override
      public void start(Listener<R> listener, Metadata headers) {}

      @Override
      public void request(int messages) {}

      @Override
      public void sendMessage(Q message) {}

      @Override
      public void halfClose() {
        throw new NoClassDefFoundError("On purpose");
      }

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {
        cancelled = true;
      }
    };
  }

  @Override
  public String authority() {
    return "nobody";
  }

  @Override
  public ManagedChannel shutdown() {
    return this;
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public ManagedChannel shutdownNow() {
    return this;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}

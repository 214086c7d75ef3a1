package dev.headline.rpc.client;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Receives on the event loop what a server answers, and wakes the caller once. */
final class Reply<R> extends ClientCall.Listener<R> {

  private final Thread caller;
  private final Attempt attempt;
  private @Nullable R message;
  private boolean twice;
  private Metadata trailers = new Metadata();
  private volatile boolean handedOver;
  private volatile @Nullable Status status;

  /** Made by the thread that will wait. */
  Reply(Attempt attempt) {
    this.caller = Thread.currentThread();
    this.attempt = attempt;
  }

  /**
   * The whole of a large request has been handed to gRPC. Whatever is told of written bytes before
   * this is about a part of it.
   */
  void handedOver() {
    handedOver = true;
  }

  @Override
  public void onReady() {
    if (handedOver) {
      attempt.bodyWritten();
    }
  }

  @Override
  public void onMessage(R received) {
    twice = message != null;
    message = received;
  }

  @Override
  public void onClose(Status closed, Metadata received) {
    trailers = received;
    status = closed;
    LockSupport.unpark(caller);
  }

  /**
   * Waits until the call is closed. An interrupt is nobody's way to end a call: kept for later. A
   * generated stub sees it when the call is over and then throws CANCELLED, whatever the reply,
   * which is what gRPC promises whoever interrupts a thread.
   */
  Status await() {
    Status closed;
    // An interrupt would make each park return at once.
    boolean interrupted = false;
    while ((closed = status) == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      caller.interrupt();
    }
    return closed;
  }

  /** What came at the end; once the call is closed. */
  Metadata trailers() {
    return trailers;
  }

  /** The one reply; once the call is closed. */
  R message() {
    R received = message;
    if (received == null || twice) {
      throw new RpcException(RpcCode.INTERNAL, "The server did not give one reply to one request");
    }
    return received;
  }
}

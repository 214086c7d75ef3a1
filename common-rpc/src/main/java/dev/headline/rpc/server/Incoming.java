package dev.headline.rpc.server;

import dev.headline.rpc.CallHeader;
import dev.headline.rpc.RefusalTrailer;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.transport.Timers;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call until its request is complete; from then on it is the {@link UnaryHandler}'s. One that
 * never gets so far passes no chain, so it is counted here: under the code that its caller saw, as
 * far as this side knows it.
 *
 * <p>gRPC calls on one thread at a time; only {@link #late} comes on another.
 */
final class Incoming<Q, R> extends ServerCall.Listener<Q> {

  private static final String NAME = "Incoming";

  private final ServerCall<Q, R> wire;
  private final Metadata headers;
  private final UnaryHandler<Q, R> handler;
  private final Callers callers;
  private final Arriving arriving;
  private final long start = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private Timers.@Nullable Alarm alarm;
  private @Nullable Q request;

  Incoming(
      ServerCall<Q, R> wire,
      Metadata headers,
      UnaryHandler<Q, R> handler,
      Callers callers,
      Arriving arriving) {
    this.wire = wire;
    this.headers = headers;
    this.handler = handler;
    this.callers = callers;
    this.arriving = arriving;
  }

  /** Asks for the request, unless too many are on their way already. */
  void begin() {
    if (!arriving.begin()) {
      over.set(true);
      refuse(
          "too many unfinished",
          RpcException.refused(
              RpcCode.RESOURCE_EXHAUSTED,
              "%d requests have begun and are not complete".formatted(Arriving.MOST)));
      return;
    }
    alarm = arriving.ifLate(this::late);
    // Two, so that a client that sends more than one message is found out.
    wire.request(2);
  }

  @Override
  public void onMessage(Q message) {
    if (over.get()) {
      return;
    }
    if (request == null) {
      request = message;
      return;
    }
    if (end()) {
      refuse("malformed", new RpcException(RpcCode.INTERNAL, "More than one request"));
    }
  }

  @Override
  public void onHalfClose() {
    Q message = request;
    if (!end()) {
      return;
    }
    if (message == null) {
      refuse("malformed", new RpcException(RpcCode.INTERNAL, "No request"));
      return;
    }
    handler.enter(wire, headers, message);
  }

  @Override
  public void onCancel() {
    if (end()) {
      Deadline deadline = Context.current().getDeadline();
      boolean late = deadline != null && deadline.isExpired();
      count(late ? RpcCode.DEADLINE_EXCEEDED : RpcCode.CANCELLED);
    }
  }

  /** Before the end of the request: gRPC itself has closed the call, which it could not read. */
  @Override
  public void onComplete() {
    if (end()) {
      count(RpcCode.UNKNOWN);
    }
  }

  private void late() {
    if (end()) {
      // Whoever still holds the call does not hold what came of it.
      request = null;
      refuse(
          "unfinished",
          RpcException.refused(
              RpcCode.DEADLINE_EXCEEDED,
              "The request was not complete after %d s".formatted(Arriving.PATIENCE.toSeconds())));
    }
  }

  /** Whether the request ends with this, and not with something that came before. */
  private boolean end() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    arriving.end();
    if (alarm != null) {
      alarm.close();
    }
    return true;
  }

  private void refuse(String outcome, RpcException refusal) {
    count(refusal.code()).decisions().record(NAME, outcome, String.valueOf(refusal.getMessage()));
    wire.close(refusal.toStatus(), RefusalTrailer.of(refusal));
  }

  private Target count(RpcCode code) {
    Arrival arrival = callers.arrival(headers.get(CallHeader.KEY));
    Target target = arrival.from().current().path().target();
    target.meter().record(code, System.nanoTime() - start);
    return target;
  }
}

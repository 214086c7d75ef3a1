package dev.headline.rpc.server;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.TimeoutPolicy;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;

/**
 * Turns what gRPC does with an incoming unary call (a message, a half-close) into one trip through
 * the chain. That trip is made on a virtual thread of its own, the only hop of the call: the event
 * loop must not block, and the handler may. A call that the {@link Door} refuses is not worth a
 * thread: it ends in a link that throws, and nothing above that link blocks.
 *
 * <p>The door is asked when the request is {@linkplain Incoming complete}, so that a client that is
 * slow to send it, or never does, takes no room.
 *
 * <p>A call without a deadline has as long as the policy of its five-tuple gives one call in all:
 * then its context is cancelled like any other's. What nobody bounds would otherwise hold its
 * thread, its room and its connection to a database for as long as it likes.
 */
final class UnaryHandler<Q, R> implements ServerCallHandler<Q, R> {

  private final Callers callers;
  private final Arriving arriving;
  private final HandlersOut handlers;

  /**
   * @param callers know the chain that a caller's calls pass
   * @param arriving counts the calls whose request is not complete
   * @param handlers counts the threads that are started here
   */
  UnaryHandler(Callers callers, Arriving arriving, HandlersOut handlers) {
    this.callers = callers;
    this.arriving = arriving;
    this.handlers = handlers;
  }

  @Override
  public ServerCall.Listener<Q> startCall(ServerCall<Q, R> call, Metadata headers) {
    var incoming = new Incoming<>(call, headers, this, callers, arriving);
    incoming.begin();
    return incoming;
  }

  /** Takes a call whose request is complete. */
  void enter(ServerCall<Q, R> wire, Metadata headers, Q request) {
    Arrival arrival = callers.arrival(headers.get(CallHeader.KEY));
    Way way = arrival.from().current();
    var call = new Call<>(wire.getMethodDescriptor(), request, way.path().target(), headers);
    call.origin(arrival.origin());
    call.attempt(arrival.attempt(), arrival.attempt() == 1 ? AttemptKind.FIRST : AttemptKind.RETRY);
    Context context = Context.current();
    call.deadline(context.getDeadline());
    call.ledger(
        new OpenLedger(call.deadline(), headers.containsKey(Ledger.HEADER), System::nanoTime));
    Permit permit = way.door().open(call);
    Endpoint chain = way.path().chain();
    if (!(call.verdict() instanceof Verdict.Admitted)) {
      serve(wire, chain, call, permit);
      return;
    }
    handlers.begin();
    try {
      Thread.startVirtualThread(() -> context.run(() -> serveCounted(wire, chain, call, permit)));
    } catch (RuntimeException | Error e) {
      // Whatever keeps a thread from starting, nobody else would undo what was begun.
      handlers.end();
      permit.release(RpcCode.INTERNAL);
      throw e;
    }
  }

  private void serveCounted(ServerCall<Q, R> wire, Endpoint chain, Call<Q, R> call, Permit permit) {
    try {
      serveBounded(wire, chain, call, permit);
    } finally {
      handlers.end();
    }
  }

  private void serveBounded(ServerCall<Q, R> wire, Endpoint chain, Call<Q, R> call, Permit permit) {
    if (call.deadline() != null) {
      serve(wire, chain, call, permit);
      return;
    }
    TimeoutPolicy timeout = call.target().policy().timeout();
    try (var bounded = RequestContext.current().within(timeout.total())) {
      call.deadline(bounded.context().deadline());
      bounded.context().run(() -> serve(wire, chain, call, permit));
    }
  }

  private void serve(ServerCall<Q, R> wire, Endpoint chain, Call<Q, R> call, Permit permit) {
    try {
      R reply = invoke(chain, call, permit);
      wire.sendHeaders(new Metadata());
      wire.sendMessage(reply);
      wire.close(Status.OK, Trailers.of(call));
    } catch (RpcException e) {
      Status status = e.toStatus();
      wire.close(status, Trailers.of(call, e, status));
    } catch (RuntimeException | Error e) {
      // A link or the JVM is broken. The caller must not wait for its deadline to learn that.
      closeBroken(wire, e);
      throw e;
    }
  }

  private static void closeBroken(ServerCall<?, ?> wire, Throwable broken) {
    try {
      wire.close(Status.INTERNAL.withDescription("The service is broken"), new Metadata());
    } catch (RuntimeException e) {
      // The call may be closed already; what broke it is the one to be seen.
      broken.addSuppressed(e);
    }
  }

  /** Hands the permit back before the reply goes out: whoever has the reply finds the room. */
  private R invoke(Endpoint chain, Call<Q, R> call, Permit permit) {
    RpcCode outcome = RpcCode.INTERNAL;
    try {
      R reply = chain.invoke(call);
      outcome = RpcCode.OK;
      return reply;
    } catch (RpcException e) {
      outcome = e.code();
      throw e;
    } finally {
      permit.release(outcome);
    }
  }
}

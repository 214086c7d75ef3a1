package dev.headline.rpc.server;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.Path;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Turns what gRPC does with an incoming unary call (a message, a half-close) into one trip through
 * the chain. That trip is made on a virtual thread of its own, the only hop of the call: the event
 * loop must not block, and the handler may.
 */
final class UnaryHandler<Q, R> implements ServerCallHandler<Q, R> {

  private final Callers callers;

  /**
   * @param callers know the chain that a caller's calls pass
   */
  UnaryHandler(Callers callers) {
    this.callers = callers;
  }

  @Override
  public ServerCall.Listener<Q> startCall(ServerCall<Q, R> call, Metadata headers) {
    // Two, so that a client that sends more than one message is found out.
    call.request(2);
    return new Incoming(call, headers);
  }

  private void serve(ServerCall<Q, R> wire, Metadata headers, Q request) {
    Arrival arrival = callers.arrival(headers.get(CallHeader.KEY));
    Path path = arrival.from().current();
    var call = new Call<>(wire.getMethodDescriptor(), request, path.target(), headers);
    call.origin(arrival.origin());
    call.attempt(arrival.attempt(), arrival.attempt() == 1 ? AttemptKind.FIRST : AttemptKind.RETRY);
    call.deadline(Context.current().getDeadline());
    call.ledger(
        new OpenLedger(call.deadline(), headers.containsKey(Ledger.HEADER), System::nanoTime));
    var trailers = new Metadata();
    try {
      R reply = path.chain().invoke(call);
      wire.sendHeaders(new Metadata());
      wire.sendMessage(reply);
      LedgerTrailer.write(call, RpcCode.OK, trailers);
      wire.close(Status.OK, trailers);
    } catch (RpcException e) {
      LedgerTrailer.write(call, e.code(), trailers);
      wire.close(e.toStatus(), trailers);
    } catch (RuntimeException | Error e) {
      // A link or the JVM is broken. The caller must not wait for its deadline to learn that.
      wire.close(Status.INTERNAL.withDescription("The service is broken"), new Metadata());
      throw e;
    }
  }

  private final class Incoming extends ServerCall.Listener<Q> {

    private final ServerCall<Q, R> wire;
    private final Metadata headers;
    private @Nullable Q request;
    private boolean refused;

    Incoming(ServerCall<Q, R> wire, Metadata headers) {
      this.wire = wire;
      this.headers = headers;
    }

    @Override
    public void onMessage(Q message) {
      if (request != null) {
        refuse("More than one request");
        return;
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      Q message = request;
      if (refused) {
        return;
      }
      if (message == null) {
        refuse("No request");
        return;
      }
      Context context = Context.current();
      Thread.startVirtualThread(() -> context.run(() -> serve(wire, headers, message)));
    }

    private void refuse(String why) {
      if (!refused) {
        refused = true;
        wire.close(Status.INTERNAL.withDescription(why), new Metadata());
      }
    }
  }
}

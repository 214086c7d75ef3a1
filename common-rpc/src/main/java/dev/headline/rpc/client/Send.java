package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.OpenEntry;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.TimeoutPolicy;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Puts the call on the wire and waits for its reply: start, request, send, half-close, then park
 * until gRPC says that the call is closed. gRPC itself closes it at the deadline and when the
 * request's context is cancelled, so waiting needs no timeout of its own. Connecting, writing and
 * reading have limits of their own, which {@link PhaseWatch} keeps.
 */
final class Send implements Endpoint {

  /** What is smaller goes out at once, whatever the peer's window is. */
  private static final int LARGE = 32 << 10;

  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT
          .withStreamTracerFactory(Attempt.TRACER)
          // Ready for more means that all has been written.
          .withOnReadyThreshold(1);

  private final PhaseWatch watch;

  Send(TimeoutPolicy limits) {
    this.watch = new PhaseWatch(limits);
  }

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    Connection connection = call.connection();
    if (connection == null) {
      throw new RpcException(RpcCode.INTERNAL, "No instance was picked for " + call.target().key());
    }
    var attempt = new Attempt(isLarge(call, connection), System::nanoTime);
    var reply = new Reply<R>(attempt);
    Status closed;
    Deadline deadline = Objects.requireNonNull(call.deadline(), "DeadlineBudget stands above");
    // gRPC listens to the context's deadline; for one of its own it would wake an event loop.
    try (var time = RequestContext.current().until(deadline)) {
      time.context().run(() -> send(call, connection, attempt, reply));
      watch.add(attempt);
      closed = reply.await();
    }
    attempt.finish();
    call.told(reply.trailers());
    return judge(call, attempt, closed, reply);
  }

  private static <Q, R> void send(
      Call<Q, R> call, Connection connection, Attempt attempt, Reply<R> reply) {
    ClientCall<Q, R> wire =
        connection
            .channel()
            .newCall(
                attempt.isLarge() ? streaming(call.method()) : call.method(),
                OPTIONS.withDeadline(call.deadline()).withOption(Attempt.KEY, attempt));
    try {
      attempt.begin(wire);
      wire.start(reply, headers(call));
      // Two, so that a server that answers a unary call twice is found out.
      wire.request(2);
      wire.sendMessage(call.request());
      reply.handedOver();
      if (attempt.isLarge() && wire.isReady()) {
        attempt.bodyWritten();
      }
      wire.halfClose();
    } catch (RuntimeException e) {
      abandon(wire, attempt, e);
      throw RpcException.from(e);
    } catch (Error e) {
      abandon(wire, attempt, e);
      throw e;
    }
  }

  private static void abandon(ClientCall<?, ?> wire, Attempt attempt, Throwable why) {
    wire.cancel("The request could not be sent", why);
    attempt.finish();
  }

  private <Q, R> R judge(Call<Q, R> call, Attempt attempt, Status closed, Reply<R> reply) {
    if (call.target().policy().detail() != Detail.BASIC) {
      call.phases(attempt.phases());
    }
    Ledger ledger = Ledger.of(reply.trailers());
    OpenEntry entry = call.entry();
    if (ledger != null && entry != null) {
      entry.within(ledger);
    }
    if (closed.isOk()) {
      return reply.message();
    }
    RpcException failure = SendFailure.of(call, attempt, closed, reply.trailers(), watch);
    throw ledger == null ? failure : failure.with(ledger);
  }

  /**
   * gRPC keeps what it is given, and in the process the server reads the very same object: one that
   * another attempt may still change is not handed out.
   */
  private static Metadata headers(Call<?, ?> call) {
    if (call.tried() == null) {
      return call.headers();
    }
    var own = new Metadata();
    own.merge(call.headers());
    return own;
  }

  /** In the process there is nothing to write to. */
  private static boolean isLarge(Call<?, ?> call, Connection connection) {
    return !(connection.instance().address() instanceof Address.InProcess) && size(call) >= LARGE;
  }

  /** In bytes. A protobuf message remembers it until it is written. */
  private static <Q> int size(Call<Q, ?> call) {
    try (InputStream bytes = call.method().streamRequest(call.request())) {
      return bytes instanceof KnownLength ? bytes.available() : 0;
    } catch (IOException e) {
      throw new RpcException(RpcCode.INTERNAL, "The request cannot be written", e);
    }
  }

  /**
   * The same method in a form in which gRPC says when a request has been written. On the wire it is
   * the same but for one empty frame, which costs nothing beside a large request.
   */
  private static <Q, R> MethodDescriptor<Q, R> streaming(MethodDescriptor<Q, R> method) {
    return method.toBuilder().setType(MethodType.BIDI_STREAMING).build();
  }
}

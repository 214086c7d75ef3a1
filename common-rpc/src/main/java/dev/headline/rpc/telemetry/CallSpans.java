package dev.headline.rpc.telemetry;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.Phases;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;

/**
 * Begins and ends the spans of one five-tuple. What all of them have in common is made once. Safe
 * for many threads.
 */
public final class CallSpans {

  private final Tracer tracer;
  private final Attributes fiveTuple;

  CallSpans(Tracer tracer, CallKey key) {
    this.tracer = tracer;
    this.fiveTuple =
        Attributes.builder()
            .put(RpcSpans.SYSTEM, "grpc")
            .put(RpcSpans.FROM, key.from())
            .put(RpcSpans.FROM_CLUSTER, key.fromCluster())
            .put(RpcSpans.TO, key.to())
            .put(RpcSpans.TO_CLUSTER, key.toCluster())
            .put(RpcSpans.METHOD, key.method())
            .build();
  }

  /** The span of a call that a client makes, in the current context. */
  public Span call(Call<?, ?> call) {
    return begin(call, SpanKind.CLIENT).startSpan();
  }

  /** The span of one attempt of a call, within that of the call. */
  public Span attempt(Call<?, ?> call) {
    SpanBuilder span =
        begin(call, SpanKind.CLIENT)
            .setAttribute(RpcSpans.ATTEMPT, (long) call.attempt())
            .setAttribute(RpcSpans.KIND, call.kind().name().toLowerCase(Locale.ROOT));
    Connection connection = call.connection();
    if (connection != null) {
      span.setAttribute(RpcSpans.INSTANCE, connection.instance().id());
    }
    return span.startSpan();
  }

  /** The span of a call that a server answers. */
  public Span arrival(Call<?, ?> call, Context parent) {
    return begin(call, SpanKind.SERVER)
        .setParent(parent)
        .setAttribute(RpcSpans.ATTEMPT, (long) call.attempt())
        .startSpan();
  }

  /**
   * Sends a call on within a span, which ends with it.
   *
   * @param tellDecisions whether decisions on the way become events of the span
   */
  public static <Q, R> R within(Span span, boolean tellDecisions, Call<Q, R> call, Endpoint next) {
    try (var _ = RpcSpans.with(span, tellDecisions).makeCurrent()) {
      R reply = next.invoke(call);
      succeed(span);
      return reply;
    } catch (RuntimeException | Error e) {
      // Only looked at: a span says of every end what it was.
      fail(span, RpcException.from(e));
      throw e;
    } finally {
      span.end();
    }
  }

  /** Says how long the parts of an attempt took. */
  public static void tell(Span span, Phases phases) {
    span.setAttribute(RpcSpans.CONNECT_NANOS, phases.connecting());
    span.setAttribute(RpcSpans.WRITE_NANOS, phases.writing());
    span.setAttribute(RpcSpans.WAIT_NANOS, phases.waiting());
    span.setAttribute(RpcSpans.READ_NANOS, phases.reading());
  }

  /** Says that there was a reply. */
  public static void succeed(Span span) {
    span.setAttribute(RpcSpans.CODE, RpcCode.OK.name());
  }

  /** Says why there was none. A refusal of the question is no error. */
  public static void fail(Span span, RpcException failure) {
    span.setAttribute(RpcSpans.CODE, failure.code().name());
    Ledger ledger = failure.ledger();
    if (ledger != null) {
      span.setAttribute(RpcSpans.LEDGER, ledger.sentence());
    }
    if (failure.code().isFault()) {
      span.setStatus(StatusCode.ERROR, failure.getMessage());
    }
  }

  private SpanBuilder begin(Call<?, ?> call, SpanKind kind) {
    return tracer
        .spanBuilder(call.method().getFullMethodName())
        .setSpanKind(kind)
        .setAllAttributes(fiveTuple);
  }
}

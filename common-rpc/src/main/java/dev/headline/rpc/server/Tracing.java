package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.telemetry.CallSpans;
import dev.headline.rpc.telemetry.TraceHeader;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span for each call that is answered, within the trace that the caller's header names. Whether
 * a request is traced is decided once, where it begins: a caller of ours that sends no header has
 * decided. Only a client that says nothing of itself leaves it to this server.
 */
final class Tracing implements Middleware {

  private final CallSpans spans;
  private final Detail detail;

  private Tracing(CallSpans spans, Detail detail) {
    this.spans = spans;
    this.detail = detail;
  }

  /** The link that this much detail wants; none if there are no traces. */
  static List<Middleware> under(@Nullable CallSpans spans, Detail detail) {
    return spans == null ? List.of() : List.of(new Tracing(spans, detail));
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    if (!call.headers().containsKey(TraceHeader.KEY)) {
      return isStranger(call) ? trace(call, Context.root(), next) : next.invoke(call);
    }
    Context caller = TraceHeader.read(call.headers());
    SpanContext parent = Span.fromContext(caller).getSpanContext();
    if (parent.isSampled()) {
      return trace(call, caller, next);
    }
    return parent.isValid() ? passOn(call, caller, next) : next.invoke(call);
  }

  private <Q, R> R trace(Call<Q, R> call, Context parent, Endpoint next) {
    if (detail == Detail.BASIC) {
      return passOn(call, parent, next);
    }
    Span span = spans.arrival(call, parent);
    return CallSpans.within(span, detail == Detail.FULL, call, next);
  }

  /** Without a span of this server, so that calls from here are still part of the trace. */
  private static <Q, R> R passOn(Call<Q, R> call, Context parent, Endpoint next) {
    try (var _ = parent.makeCurrent()) {
      return next.invoke(call);
    }
  }

  private static boolean isStranger(Call<?, ?> call) {
    return call.origin().caller().equals(Caller.UNKNOWN);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.telemetry.CallSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span for each call, from the caller's question to its answer; attempts are its children. A
 * request that nobody traces costs one look at its context, and a call that belongs to no request
 * yet may begin a trace.
 */
final class Tracing implements Middleware {

  private final CallSpans spans;
  private final Detail detail;

  private Tracing(CallSpans spans, Detail detail) {
    this.spans = spans;
    this.detail = detail;
  }

  /** The link that this much detail wants, if any. */
  static List<Middleware> under(@Nullable CallSpans spans, Detail detail) {
    return spans == null || detail == Detail.BASIC
        ? List.of()
        : List.of(new Tracing(spans, detail));
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    SpanContext request = Span.current().getSpanContext();
    if (request.isValid() && !request.isSampled()) {
      return next.invoke(call);
    }
    Span span = spans.call(call);
    return span.isRecording()
        ? CallSpans.within(span, detail == Detail.FULL, call, next)
        : next.invoke(call);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Phases;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.telemetry.CallSpans;
import dev.headline.rpc.telemetry.TraceHeader;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span for each attempt that is sent, and the header that makes it the parent of the server's.
 * Where the policy wants no spans of these calls, the header still passes on the trace that the
 * request belongs to, so that it does not break here.
 */
final class AttemptTracing implements Middleware {

  private final CallSpans spans;
  private final Detail detail;

  private AttemptTracing(CallSpans spans, Detail detail) {
    this.spans = spans;
    this.detail = detail;
  }

  /** The link that this much detail wants; none if there are no traces. */
  static List<Middleware> under(@Nullable CallSpans spans, Detail detail) {
    return spans == null ? List.of() : List.of(new AttemptTracing(spans, detail));
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    SpanContext request = Span.current().getSpanContext();
    if (!request.isSampled()) {
      // One that came from elsewhere goes on from here; of our own we just keep silent.
      if (request.isRemote()) {
        TraceHeader.write(request, call.headers());
      }
      return next.invoke(call);
    }
    if (detail == Detail.BASIC) {
      TraceHeader.write(request, call.headers());
      return next.invoke(call);
    }
    Span span = spans.attempt(call);
    TraceHeader.write(span.getSpanContext(), call.headers());
    Phases before = call.phases();
    try {
      R reply = next.invoke(call);
      CallSpans.succeed(span);
      return reply;
    } catch (RuntimeException | Error e) {
      // Only looked at: a span says of every end what it was.
      CallSpans.fail(span, RpcException.from(e));
      throw e;
    } finally {
      Phases phases = call.phases();
      if (phases != null && !phases.equals(before)) {
        CallSpans.tell(span, phases);
      }
      span.end();
    }
  }
}

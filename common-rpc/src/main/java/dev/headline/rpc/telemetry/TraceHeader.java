package dev.headline.rpc.telemetry;

import io.grpc.Metadata;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a trace goes from hop to hop. It is written only into requests that are
 * traced, and passed on where it came along.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C, Trace Context</a>
 */
public final class TraceHeader {

  private static final String NAME = "traceparent";

  /** The header. */
  public static final Metadata.Key<String> KEY =
      Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

  private static final Reader READER = new Reader();

  private TraceHeader() {}

  /** Writes which span the callee's belongs to. */
  public static void write(SpanContext span, Metadata headers) {
    headers.discardAll(KEY);
    headers.put(
        KEY,
        "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex());
  }

  /** A context with the caller's span; without one if there is none, or none that can be read. */
  public static Context read(Metadata headers) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, READER);
  }

  private static final class Reader implements TextMapGetter<Metadata> {

    @Override
    public Iterable<String> keys(Metadata headers) {
      return List.of(NAME);
    }

    @Override
    public @Nullable String get(@Nullable Metadata headers, String name) {
      return headers == null || !name.equals(NAME) ? null : headers.get(KEY);
    }
  }
}

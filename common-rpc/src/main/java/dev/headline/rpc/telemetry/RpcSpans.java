package dev.headline.rpc.telemetry;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decision;
import dev.headline.rpc.RpcException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What traces tell of calls, in one place: the names of attributes and events, and how spans begin.
 * Nothing is traced where there is no tracer; chains are composed without these links then.
 *
 * <p>The five-tuple has the names that it has in metrics, with a prefix. What OpenTelemetry names
 * has its names.
 *
 * <p>Safe for many threads.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/">OpenTelemetry, RPC
 *     spans</a>
 */
public final class RpcSpans {

  /** Traces nothing. */
  public static final RpcSpans OFF = new RpcSpans(null);

  public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("rpc.system");
  public static final AttributeKey<String> FROM = AttributeKey.stringKey("rpc.from");
  public static final AttributeKey<String> FROM_CLUSTER =
      AttributeKey.stringKey("rpc.from_cluster");
  public static final AttributeKey<String> TO = AttributeKey.stringKey("rpc.to");
  public static final AttributeKey<String> TO_CLUSTER = AttributeKey.stringKey("rpc.to_cluster");
  public static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");

  /** How it ended. */
  public static final AttributeKey<String> CODE = AttributeKey.stringKey("rpc.code");

  /** Which try it is, from 1. */
  public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("rpc.attempt");

  /** Why an attempt was made: first, retry or hedge. */
  public static final AttributeKey<String> KIND = AttributeKey.stringKey("rpc.attempt.kind");

  /** Which instance an attempt went to. */
  public static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("rpc.instance");

  /** How long an attempt took to connect, in nanoseconds; likewise its other phases. */
  public static final AttributeKey<Long> CONNECT_NANOS =
      AttributeKey.longKey("rpc.phase.connect_ns");

  public static final AttributeKey<Long> WRITE_NANOS = AttributeKey.longKey("rpc.phase.write_ns");
  public static final AttributeKey<Long> WAIT_NANOS = AttributeKey.longKey("rpc.phase.wait_ns");
  public static final AttributeKey<Long> READ_NANOS = AttributeKey.longKey("rpc.phase.read_ns");

  /** Where the time went, in words, of a call that says so. */
  public static final AttributeKey<String> LEDGER = AttributeKey.stringKey("rpc.ledger");

  /** On the event of a decision: the link that made it. The event's name is the outcome. */
  public static final AttributeKey<String> LINK = AttributeKey.stringKey("rpc.link");

  /** On the event of a decision: why. */
  public static final AttributeKey<String> REASON = AttributeKey.stringKey("rpc.reason");

  /** On the root of a trace: the request's name in answers and logs. */
  public static final AttributeKey<String> REQUEST = AttributeKey.stringKey("request.id");

  private static final ContextKey<Span> TOLD = ContextKey.named("span-that-is-told-decisions");

  private final @Nullable Tracer tracer;

  private RpcSpans(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  /** Traces with a tracer of this provider. */
  public static RpcSpans of(TracerProvider provider) {
    return new RpcSpans(provider.get("dev.headline.rpc"));
  }

  /** The spans of a five-tuple; null if nothing is traced. Ask once for each. */
  public @Nullable CallSpans of(CallKey key) {
    return tracer == null ? null : new CallSpans(tracer, key);
  }

  /**
   * Runs what one request from outside asks for, as the root of a trace. Whatever the client says
   * of traces is not heard: strangers do not decide what is recorded here.
   *
   * <p>However the work ends, the span says it. A defect is an error like any other; only the host
   * knows which of its own exceptions are an ordinary answer.
   *
   * @param name of the work, from a small set
   * @param request the request's name in answers and logs
   * @param meaning what it means that the work threw something; {@link RpcException#from} takes all
   *     that is not of RPC for a defect
   */
  public <T extends @Nullable Object> T root(
      String name, String request, Function<Throwable, RpcException> meaning, Supplier<T> work) {
    if (tracer == null) {
      return work.get();
    }
    Span span =
        tracer
            .spanBuilder(name)
            .setNoParent()
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(REQUEST, request)
            .startSpan();
    try (var _ = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException | Error e) {
      CallSpans.fail(span, meaning.apply(e));
      throw e;
    } finally {
      span.end();
    }
  }

  /** The trace that this request belongs to, as an addition to a sentence in a log; often empty. */
  public static String inTrace() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? " in trace " + span.getTraceId() : "";
  }

  /** The id by which the trace of this request can be found; null if it is not recorded. */
  public static @Nullable String traceId() {
    SpanContext span = Span.current().getSpanContext();
    return span.isSampled() ? span.getTraceId() : null;
  }

  /** Makes a decision an event of the span that it fell in, where the policy wants that told. */
  public void decided(Decision decision) {
    if (tracer == null) {
      return;
    }
    Context context = Context.current();
    Span told = context.get(TOLD);
    if (told != null && told == Span.fromContext(context)) {
      told.addEvent(
          decision.outcome(), Attributes.of(LINK, decision.link(), REASON, decision.reason()));
    }
  }

  /** The current context with a span in it. */
  static Context with(Span span, boolean tellDecisions) {
    Context context = Context.current().with(span);
    return tellDecisions ? context.with(TOLD, span) : context;
  }
}

package dev.headline.rpc.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.ContextStorageProvider;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OpenTelemetry's context inside of gRPC's, which {@link dev.headline.rpc.RequestContext}
 * wraps. So there is one context: whatever carries a request to another thread carries its span,
 * and no span can be without its parent there. OpenTelemetry finds this class by itself.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/context/">OpenTelemetry, Context</a>
 */
public final class RequestContextStorage implements ContextStorageProvider, ContextStorage {

  private static final io.grpc.Context.Key<Context> KEY = io.grpc.Context.key("opentelemetry");

  @Override
  public ContextStorage get() {
    return this;
  }

  @Override
  public Scope attach(Context wanted) {
    io.grpc.Context before = io.grpc.Context.current();
    if (wanted == KEY.get(before)) {
      return Scope.noop();
    }
    io.grpc.Context within = before.withValue(KEY, wanted);
    io.grpc.Context previous = within.attach();
    return () -> within.detach(previous);
  }

  @Override
  public @Nullable Context current() {
    return KEY.get();
  }
}

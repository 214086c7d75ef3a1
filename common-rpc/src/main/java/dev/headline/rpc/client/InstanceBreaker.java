package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Change;
import dev.headline.rpc.breaker.Outlier;
import dev.headline.rpc.breaker.Siblings;
import dev.headline.rpc.breaker.Testimony;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.telemetry.MetricNames;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the chosen instance's {@link Outlier} how each attempt ended, so that one that fails or
 * hangs while its siblings answer is passed over for a while. Passing over is the pick's: whoever
 * is ejected is skipped by the next pick, and one whose time has come gets one call as its probe.
 *
 * <p>What is known of an instance is shared by all methods of the client, and lives as long as the
 * connection: through each change of policy, and through each news of the directory that still
 * lists it.
 */
final class InstanceBreaker implements Middleware {

  private final EjectionPolicy.@Nullable Rates policy;
  private final Siblings siblings;
  private final LongSupplier nanoClock;

  /**
   * @param siblings the instances that calls go to
   * @param nanoClock by which calls are timed; that of the siblings
   */
  InstanceBreaker(EjectionPolicy policy, Siblings siblings, LongSupplier nanoClock) {
    this.policy =
        switch (policy) {
          case EjectionPolicy.Off _ -> null;
          case EjectionPolicy.Rates rates -> rates;
        };
    this.siblings = siblings;
    this.nanoClock = nanoClock;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    EjectionPolicy.Rates rates = policy;
    Connection connection = call.connection();
    if (rates == null || connection == null || !(connection.health() instanceof Outlier outlier)) {
      return next.invoke(call);
    }
    long start = nanoClock.getAsLong();
    Testimony testimony = Testimony.NONE;
    try {
      R reply = next.invoke(call);
      testimony = Testimony.FOR;
      return reply;
    } catch (RpcException e) {
      testimony = Testimony.of(e, nanoClock.getAsLong() - start);
      throw e;
    } finally {
      note(outlier.ended(call, testimony, start, rates), call);
    }
  }

  private void note(@Nullable Change change, Call<?, ?> call) {
    if (change != null) {
      call.target().decisions().record(name(), change.outcome(), change.reason());
    }
  }

  @Override
  public boolean isDoneBySidecar() {
    return true;
  }

  @Override
  public List<Gauge> gauges() {
    return List.of(new Gauge(MetricNames.EJECTED, siblings::ejected, Gauge.Together.GREATEST));
  }

  @Override
  public String describe() {
    EjectionPolicy.Rates rates = policy;
    return rates == null ? "off" : siblings.describe(rates);
  }
}

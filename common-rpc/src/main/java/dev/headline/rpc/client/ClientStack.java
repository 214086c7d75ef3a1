package dev.headline.rpc.client;

import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Path;
import dev.headline.rpc.Place;
import dev.headline.rpc.Target;
import dev.headline.rpc.breaker.Siblings;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.DegradePolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.Kept;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.retry.Retries;
import dev.headline.rpc.telemetry.AttemptMeter;
import dev.headline.rpc.telemetry.CallMeter;
import dev.headline.rpc.telemetry.CallSpans;
import dev.headline.rpc.telemetry.Metering;
import dev.headline.rpc.telemetry.PathGauges;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.Side;
import dev.headline.rpc.transport.Timers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of the calls of one five-tuple out of a client, in the direction in which they travel.
 * The list in {@link #links} is the only place that decides the order; each line says what its
 * place depends on. {@link Route} stands in front of it, because it decides which five-tuple a call
 * belongs to.
 *
 * <p>Each link has its part of the policy and its state in its own fields, and lives as long as
 * that part stays equal. Not safe for many threads.
 */
final class ClientStack {

  private final Callee callee;
  private final Cluster cluster;
  private final CallMeter meter;
  private final AttemptMeter attemptMeter;
  private final PathGauges gauges;
  private final @Nullable CallSpans spans;
  private final Fallback fallback;
  private final Kept<DegradePolicy, Degrade> degrade;
  private final Kept<TimeoutPolicy, DeadlineBudget> deadlineBudget =
      new Kept<>(DeadlineBudget::new);
  private final Retries retries;
  private final Kept<TimeoutPolicy, Endpoint> send;
  private final Turnstile turnstile = new Turnstile(LimitPolicy.DEFAULT.inFlight());
  private final Kept<LimitPolicy, ConcurrencyLimit> concurrencyLimit =
      new Kept<>(part -> new ConcurrencyLimit(part, turnstile, Timers::alarm, System::nanoTime));
  private final Kept<BreakerPolicy, ServiceBreaker> serviceBreaker =
      new Kept<>(part -> new ServiceBreaker(part, System::nanoTime));
  private final Kept<BalancePolicy, PickInstance> pickInstance;
  private final Kept<EjectionPolicy, InstanceBreaker> instanceBreaker;
  private final List<Middleware> aroundCall;
  private final List<Middleware> aroundAttempt;

  ClientStack(Callee callee) {
    this(callee, Send::new);
  }

  /**
   * @param last makes what stands at the end of the chain
   */
  ClientStack(Callee callee, Function<TimeoutPolicy, Endpoint> last) {
    this.callee = callee;
    this.send = new Kept<>(last);
    RpcMeters meters = callee.governance().meters();
    this.meter = meters.client(callee.key());
    this.attemptMeter = meters.attempts(callee.key());
    this.gauges = meters.gauges(Side.CLIENT, callee.key());
    this.spans = callee.governance().spans().of(callee.key());
    this.fallback = new Fallback(callee.governance().fallbacks().of(callee.method()));
    this.degrade = new Kept<>(part -> new Degrade(callee.key(), part, InstantSource.system()));
    this.cluster = callee.connections().cluster(callee.key().toCluster());
    Siblings siblings = callee.connections().siblings(callee.key().toCluster());
    this.instanceBreaker =
        new Kept<>(part -> new InstanceBreaker(part, siblings, System::nanoTime));
    this.retries =
        new Retries(
            callee.isIdempotent(), () -> cluster.members().ready().size(), cluster::hasOthers);
    this.pickInstance = new Kept<>(balance -> new PickInstance(cluster, balance));
    this.aroundCall = callee.governance().suiteLinks(Place.AROUND_CALL, callee.key());
    this.aroundAttempt = callee.governance().suiteLinks(Place.AROUND_ATTEMPT, callee.key());
  }

  List<Middleware> links(CallPolicy policy) {
    List<Middleware> links = new ArrayList<>();
    // Above Tracing and Metering, so that a failure that is hidden from the caller is still seen
    // and counted as one.
    links.add(fallback);
    // Above whatever may call again, so that each call is one span.
    links.addAll(Tracing.under(spans, policy.detail()));
    // Above whatever may call again, so that it times what the caller waits for and counts each
    // call once, however many attempts it takes.
    links.add(Metering.ofClient(attemptMeter, policy.detail()));
    // Beneath Metering, so that a call without time left is still counted; above the pick, so
    // that no work is done for it.
    links.add(deadlineBudget.under(policy.timeout()));
    // Beneath DeadlineBudget, so that a call without time is told so, whatever is switched off;
    // above whatever may call again, so that a call that is left out is left out once.
    links.add(degrade.under(policy.degrade()));
    // Above whatever may call again, so that what an application adds here sees one call.
    links.addAll(aroundCall);
    // Beneath the deadline, which all attempts share; above whatever limits, judges or picks, so
    // that each attempt is limited, judged and picked for anew.
    links.add(retries.under(policy));
    // Above the breakers, so that a call that gets no turn says nothing of the callee, and none
    // that waits holds a permit to probe it.
    links.add(concurrencyLimit.under(policy.limit()));
    // Beneath whatever may call again, so that every attempt is a sample; above the pick, so that
    // a service that is not called costs no pick.
    links.add(serviceBreaker.under(policy.breaker()));
    // Beneath whatever may call again, so that a second attempt is a new pick.
    links.add(pickInstance.under(policy.balance()));
    // Right beneath the pick, which may have chosen the call to probe an instance: the probe ends
    // here, however the call does.
    links.add(instanceBreaker.under(policy.ejection()));
    // Beneath the pick, so that what an application adds here knows the instance; above the
    // headers, so that it may add to them.
    links.addAll(aroundAttempt);
    // Beneath whatever may refuse, so that what is counted here is what was sent.
    links.addAll(AttemptMetering.under(attemptMeter, policy.detail()));
    // Likewise; each attempt tells the server which span its own belongs to.
    links.addAll(AttemptTracing.under(spans, policy.detail()));
    // Last, because only now everything that the headers say is final.
    links.add(callee.stampHeaders());
    return callee.governance().remaining(links);
  }

  /** How calls of this five-tuple are governed. */
  CallPolicy policy(Policies.Edition edition) {
    return edition.table().policyOf(callee.key());
  }

  /** Whether some instance of the cluster is connected. */
  boolean isUsable() {
    return !cluster.members().ready().isEmpty();
  }

  /** Shows the state of these links, and of no others any more. */
  void show(List<Middleware> links) {
    gauges.show(links);
  }

  Path compose(Policies.Edition edition) {
    CallPolicy policy = policy(edition);
    var target = new Target(callee.key(), policy, meter, callee.decisions());
    List<Middleware> links = links(policy);
    return Path.of(edition.number(), target, links, send.under(policy.timeout()));
  }
}

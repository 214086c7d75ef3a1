package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Path;
import dev.headline.rpc.Place;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.AccessPolicy;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Kept;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.telemetry.CallMeter;
import dev.headline.rpc.telemetry.CallSpans;
import dev.headline.rpc.telemetry.Metering;
import dev.headline.rpc.telemetry.PathGauges;
import dev.headline.rpc.telemetry.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of the calls of one five-tuple into a server, in the direction in which they travel. The
 * list in {@link #links} is the only place that decides the order; each line says what its place
 * depends on.
 *
 * <p>Each link has its part of the policy and its state in its own fields, and lives as long as
 * that part stays equal. Not safe for many threads.
 */
final class ServerStack {

  private final CallKey key;
  private final Endpoint handler;
  private final CallMeter meter;
  private final Decisions decisions;
  private final PathGauges gauges;
  private final @Nullable CallSpans spans;
  private final DropExpired dropExpired = new DropExpired(System::nanoTime);
  private final Admission admission;
  private final Kept<AccessPolicy, AccessControl> accessControl;
  private final Kept<Sharing, LoadShedding> loadShedding;
  private final Governance governance;
  private final List<Middleware> aroundHandler;

  /**
   * @param key the five-tuple
   * @param handler what stands at the end
   * @param governance what all chains of the process share
   * @param admission what all chains of the server share
   * @param audit where it is written down that calls were denied
   */
  ServerStack(
      CallKey key, Endpoint handler, Governance governance, Admission admission, AuditLog audit) {
    this.key = key;
    this.handler = handler;
    this.meter = governance.meters().server(key);
    this.decisions = governance.decisions(Side.SERVER, key);
    this.gauges = governance.meters().gauges(Side.SERVER, key);
    this.spans = governance.spans().of(key);
    this.admission = admission;
    this.accessControl =
        new Kept<>(policy -> new AccessControl(policy, governance.accessCheck(), audit));
    this.loadShedding = new Kept<>(sharing -> admission.link(sharing.policy(), sharing.counted()));
    this.governance = governance;
    this.aroundHandler = governance.suiteLinks(Place.AROUND_HANDLER, key);
  }

  List<Middleware> links(Policies.Edition edition, CallPolicy policy) {
    List<Middleware> links = new ArrayList<>();
    // Outermost, so that whatever refuses is counted.
    links.add(Metering.ofServer());
    // Above everything that asks where the request comes from.
    links.add(new ReadHeaders());
    // Beneath ReadHeaders, because it asks who calls; above whatever refuses, so that a refusal is
    // part of the trace.
    links.addAll(Tracing.under(spans, policy.detail()));
    // Above the handler and whatever looks at its failures, so that each has a code.
    links.add(new MapErrors());
    // Above LoadShedding, so that a caller that may not call takes no room from those that may.
    links.add(accessControl.under(policy.access()));
    // Above the suites and whatever else does work; beneath all that has to see a refusal.
    links.add(loadShedding.under(sharing(edition, policy)));
    // Beneath whatever refuses, so that what an application adds sees only calls that were let in.
    links.addAll(aroundHandler);
    // Last, so that the time spent on the way here is part of what it judges, and what it takes
    // for the usual time is the handler's alone.
    links.add(dropExpired);
    return governance.remaining(links);
  }

  Way compose(Policies.Edition edition) {
    admission.follow(edition);
    CallPolicy policy = edition.table().policyOf(key);
    var door =
        new Door(
            accessControl.under(policy.access()), loadShedding.under(sharing(edition, policy)));
    var target = new Target(key, policy, meter, decisions);
    List<Middleware> links = links(edition, policy);
    gauges.show(links);
    return new Way(door, Path.of(edition.number(), target, links, handler));
  }

  private Sharing sharing(Policies.Edition edition, CallPolicy policy) {
    var caller = new Caller(key.from(), key.fromCluster());
    return new Sharing(policy.admission(), NamedCallers.of(edition).counted(caller));
  }

  /** What decides on the room of a caller: the policy, and with whom the caller is counted. */
  private record Sharing(AdmissionPolicy policy, Caller counted) {}
}

package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Path;
import dev.headline.rpc.Place;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.telemetry.CallMeter;
import dev.headline.rpc.telemetry.Metering;
import java.util.ArrayList;
import java.util.List;

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
  private final DropExpired dropExpired = new DropExpired(System::nanoTime);
  private final Governance governance;
  private final List<Middleware> aroundHandler;

  /**
   * @param key the five-tuple
   * @param handler what stands at the end
   * @param governance what all chains of the process share
   */
  ServerStack(CallKey key, Endpoint handler, Governance governance) {
    this.key = key;
    this.handler = handler;
    this.meter = governance.meters().server(key);
    this.decisions = governance.decisions();
    this.governance = governance;
    this.aroundHandler = governance.suiteLinks(Place.AROUND_HANDLER, key);
  }

  // The policy decides nothing on this side yet.
  @SuppressWarnings("UnusedVariable")
  List<Middleware> links(CallPolicy policy) {
    List<Middleware> links = new ArrayList<>();
    // Outermost, so that whatever refuses is counted.
    links.add(new Metering());
    // Above everything that asks where the request comes from.
    links.add(new ReadHeaders());
    // Above the handler and whatever looks at its failures, so that each has a code.
    links.add(new MapErrors());
    // Beneath whatever refuses, so that what an application adds sees only calls that were let in.
    links.addAll(aroundHandler);
    // Last, so that the time spent on the way here is part of what it judges, and what it takes
    // for the usual time is the handler's alone.
    links.add(dropExpired);
    return governance.remaining(links);
  }

  Path compose(Policies.Edition edition) {
    CallPolicy policy = edition.table().policyOf(key);
    return Path.of(
        edition.number(), new Target(key, policy, meter, decisions), links(policy), handler);
  }
}

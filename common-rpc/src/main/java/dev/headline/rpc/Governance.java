package dev.headline.rpc;

import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import dev.headline.rpc.telemetry.Side;
import java.time.InstantSource;
import java.util.List;

/**
 * What all chains of a process share, on both sides.
 *
 * @param policies how calls are governed; may change at any time
 * @param meters where calls are counted
 * @param suites links that the application adds
 * @param mesh whether a sidecar stands in front of this process, which then does what it can do
 * @param accessCheck what a server asks of a call beyond its policy
 * @param spans what traces tell of calls
 * @param fallbacks what callers get instead of a failure
 */
public record Governance(
    Policies policies,
    RpcMeters meters,
    List<Suite> suites,
    boolean mesh,
    AccessCheck accessCheck,
    RpcSpans spans,
    Fallbacks fallbacks) {

  public Governance {
    suites = List.copyOf(suites);
  }

  /** Without a sidecar, without links of the application and without traces. */
  public static Governance of(Policies policies, RpcMeters meters) {
    return new Governance(
        policies, meters, List.of(), false, AccessCheck.NONE, RpcSpans.OFF, Fallbacks.NONE);
  }

  /** The same with policies that never change. */
  public static Governance of(PolicyTable policies, RpcMeters meters) {
    return of(new Policies(policies), meters);
  }

  /** The same with the links of suites in every chain. */
  public Governance with(List<Suite> more) {
    return new Governance(policies, meters, more, mesh, accessCheck, spans, fallbacks);
  }

  /** The same with another check at the door of each server. */
  public Governance with(AccessCheck check) {
    return new Governance(policies, meters, suites, mesh, check, spans, fallbacks);
  }

  /** The same with other fallbacks. */
  public Governance with(Fallbacks other) {
    return new Governance(policies, meters, suites, mesh, accessCheck, spans, other);
  }

  /** The same in front of a sidecar. */
  public Governance inMesh() {
    return new Governance(policies, meters, suites, true, accessCheck, spans, fallbacks);
  }

  /** The same with traces. */
  public Governance with(RpcSpans traced) {
    return new Governance(policies, meters, suites, mesh, accessCheck, traced, fallbacks);
  }

  /** The links that the suites add at one place of the chain of a five-tuple. */
  public List<Middleware> suiteLinks(Place place, CallKey key) {
    return Suite.links(suites, place, key);
  }

  /** Leaves out of a chain what a sidecar does, if there is one. */
  public List<Middleware> remaining(List<Middleware> links) {
    return mesh ? links.stream().filter(link -> !link.isDoneBySidecar()).toList() : links;
  }

  /** A new, empty memory for decisions that nobody counts. */
  public Decisions decisions() {
    return new Decisions(InstantSource.system(), _ -> {});
  }

  /** A new, empty memory for the decisions on one five-tuple, which are counted. */
  public Decisions decisions(Side side, CallKey key) {
    Decisions.Listener counter = meters.decisions(side, key);
    return new Decisions(
        InstantSource.system(),
        decision -> {
          counter.decided(decision);
          spans.decided(decision);
        });
  }
}

package dev.headline.rpc;

import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.AccessCheck;
import dev.headline.rpc.telemetry.RpcMeters;
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
 */
public record Governance(
    Policies policies,
    RpcMeters meters,
    List<Suite> suites,
    boolean mesh,
    AccessCheck accessCheck) {

  public Governance {
    suites = List.copyOf(suites);
  }

  /** Without a sidecar, and without links of the application. */
  public static Governance of(Policies policies, RpcMeters meters) {
    return new Governance(policies, meters, List.of(), false, AccessCheck.NONE);
  }

  /** The same with policies that never change. */
  public static Governance of(PolicyTable policies, RpcMeters meters) {
    return of(new Policies(policies), meters);
  }

  /** The same with the links of suites in every chain. */
  public Governance with(List<Suite> more) {
    return new Governance(policies, meters, more, mesh, accessCheck);
  }

  /** The same with another check at the door of each server. */
  public Governance with(AccessCheck check) {
    return new Governance(policies, meters, suites, mesh, check);
  }

  /** The same in front of a sidecar. */
  public Governance inMesh() {
    return new Governance(policies, meters, suites, true, accessCheck);
  }

  /** The links that the suites add at one place of the chain of a five-tuple. */
  public List<Middleware> suiteLinks(Place place, CallKey key) {
    return Suite.links(suites, place, key);
  }

  /** Leaves out of a chain what a sidecar does, if there is one. */
  public List<Middleware> remaining(List<Middleware> links) {
    return mesh ? links.stream().filter(link -> !link.isDoneBySidecar()).toList() : links;
  }

  /** A new, empty memory for the decisions on one five-tuple. */
  public Decisions decisions() {
    return new Decisions(InstantSource.system(), _ -> {});
  }
}

package dev.headline.rpc;

import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import java.time.InstantSource;

/**
 * What all chains of a process share, on both sides.
 *
 * @param policies how calls are governed; may change at any time
 * @param meters where calls are counted
 */
public record Governance(Policies policies, RpcMeters meters) {

  /** Policies that never change. */
  public static Governance of(PolicyTable policies, RpcMeters meters) {
    return new Governance(new Policies(policies), meters);
  }

  /** A new, empty memory for the decisions on one five-tuple. */
  public Decisions decisions() {
    return new Decisions(InstantSource.system(), _ -> {});
  }
}

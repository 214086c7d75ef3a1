package dev.headline.allinone.call;

import dev.headline.infra.process.Await;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.generic.GenericClient;
import dev.headline.rpc.generic.GenericMethod;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/** One call from beginning to end, as a command-line program makes it. */
final class CallSession {

  private final Catalog catalog;
  private final Origin origin;
  private final String toCluster;
  private final PolicyTable policies;
  private final Duration timeout;

  /**
   * @param catalog what can be called
   * @param origin who calls, and what it sends along
   * @param toCluster the cluster that is called
   * @param timeout the most that the call may take
   * @throws IllegalArgumentException if no call may take so long, or so little
   */
  CallSession(Catalog catalog, Origin origin, String toCluster, Duration timeout) {
    this.catalog = catalog;
    this.origin = origin;
    this.toCluster = toCluster;
    this.policies = new PolicyTable(patient(timeout), List.of());
    this.timeout = timeout;
  }

  /**
   * The reply, as JSON. Blocks as long as the timeout for the connection, and then for the call.
   *
   * @throws RpcException as the call fails
   */
  String call(RunningServices services, GenericMethod method, String json) {
    Governance governance = Governance.of(policies, new RpcMeters(new SimpleMeterRegistry()));
    try (Directory directory = services.directory();
        var clients = new Clients(origin.caller(), directory, governance, toCluster)) {
      var client = new GenericClient(clients, catalog);
      if (services.have(method.service(), toCluster)) {
        // A program that has only just started connects slowly, which is not the service's fault.
        var _ = Await.within(timeout, () -> clients.isReady(method.service()));
      }
      try (var request = RequestContext.open(origin, timeout)) {
        return request.context().call(() -> client.call(method, json));
      }
    }
  }

  /** No part has less time than the whole: here, one call is all there is. */
  private static CallPolicy patient(Duration timeout) {
    return CallPolicy.DEFAULT.with(
        new TimeoutPolicy(timeout, timeout, timeout, timeout, timeout, Duration.ZERO));
  }
}

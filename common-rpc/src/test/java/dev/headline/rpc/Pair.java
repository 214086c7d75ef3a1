package dev.headline.rpc;

import dev.headline.rpc.balance.SlowStart;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.UserServiceGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** A client and as many servers as a test wants, over one kind of address. */
final class Pair implements AutoCloseable {

  static final Caller GATEWAY = new Caller("gateway", "default");
  static final Caller USER_SERVICE = new Caller("user-service", "default");

  final MeterRegistry meters = new SimpleMeterRegistry();
  final LocalDirectory directory = LocalDirectory.alone();
  final Governance governance;
  final Clients clients;
  final UserServiceGrpc.UserServiceBlockingStub stub;
  private final List<GovernedServer> servers = new ArrayList<>();
  final List<Address> addresses = new ArrayList<>();
  private final List<Runnable> others = new ArrayList<>();

  /** New instances have their full share at once. */
  Pair(CallPolicy policy) {
    this(policy, SlowStart.NONE);
  }

  Pair(CallPolicy policy, SlowStart slowStart) {
    this(new PolicyTable(policy, List.of()), slowStart);
  }

  Pair(PolicyTable policies) {
    this(policies, SlowStart.NONE);
  }

  private Pair(PolicyTable policies, SlowStart slowStart) {
    governance = Governance.of(policies, new RpcMeters(meters));
    clients = new Clients(GATEWAY, directory, governance, CallKey.DEFAULT_CLUSTER, slowStart);
    stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
  }

  /** Serves users at an address, and waits until the client is connected. */
  GovernedServer serve(Users users, Address address) throws IOException {
    return serve(users, address, Instance.DEFAULT_WEIGHT);
  }

  GovernedServer serve(Users users, Address address, int weight) throws IOException {
    GovernedServer server = server(users, address);
    Address actual = server.start();
    addresses.add(actual);
    register("user-service-" + servers.size(), actual, weight);
    Awaitility.await().until(() -> clients.isReady("user-service"));
    return server;
  }

  /** A server that nobody knows and that does not listen yet. */
  GovernedServer server(Users users, Address address) throws IOException {
    var server = new GovernedServer(USER_SERVICE, address, List.of(users), governance, false);
    servers.add(server);
    return server;
  }

  void register(String id, Address address) {
    register(id, address, Instance.DEFAULT_WEIGHT);
  }

  private void register(String id, Address address, int weight) {
    directory.register(new Instance(id, "user-service", "default", address, weight));
  }

  /** Each series of a timer as its labels in order and its count. */
  Set<String> series(String timer) {
    var series = new TreeSet<String>();
    for (Timer each : meters.find(timer).timers()) {
      series.add(each.getId().getTags() + " " + each.count());
    }
    return series;
  }

  static Scope request(Duration budget) {
    return RequestContext.open(GATEWAY, budget);
  }

  @Override
  public void close() {
    clients.close();
    closeServers();
    others.forEach(Runnable::run);
  }

  void closeServers() {
    servers.forEach(GovernedServer::close);
  }

  /** Something else that ends with this. */
  void onClose(Runnable action) {
    others.add(action);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Target;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The way to all other services: a {@link GovernedChannel} for each, made when it is first asked
 * for. Safe for use by many threads.
 *
 * {@snippet :
 * var users = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
 * }
 */
public final class Clients implements AutoCloseable {

  private final Caller self;
  private final Directory directory;
  private final PolicyTable policies;
  private final RpcMeters meters;
  private final String toCluster;
  private final ConcurrentMap<String, Client> clients = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Calls that go to the cluster {@link CallKey#DEFAULT_CLUSTER}. */
  public Clients(Caller self, Directory directory, PolicyTable policies, RpcMeters meters) {
    this(self, directory, policies, meters, CallKey.DEFAULT_CLUSTER);
  }

  /**
   * @param self who calls
   * @param directory where instances are found; stays the caller's to close
   * @param policies how calls are governed
   * @param meters where calls are counted
   * @param toCluster the cluster that calls go to
   */
  public Clients(
      Caller self, Directory directory, PolicyTable policies, RpcMeters meters, String toCluster) {
    this.self = self;
    this.directory = directory;
    this.policies = policies;
    this.meters = meters;
    this.toCluster = toCluster;
  }

  /**
   * The channel to a service. The first question for a service begins to watch for its instances
   * and to connect to them.
   *
   * @param service a {@linkplain CallKey#isName name}
   */
  public GovernedChannel channel(String service) {
    return client(service).channel();
  }

  /**
   * Whether some instance of a service is known and connected; begins to watch for them, as {@link
   * #channel} does.
   */
  public boolean isReady(String service) {
    return client(service).connections().isReady(toCluster);
  }

  /** Closes every channel; calls that are out are cancelled. */
  @Override
  public void close() {
    closed = true;
    clients.values().forEach(Client::close);
  }

  private Client client(String service) {
    Client client = closed ? null : clients.computeIfAbsent(service, this::open);
    if (client == null || closed) {
      // One that was opened beside close() may have been overlooked there.
      if (client != null) {
        client.close();
      }
      throw new IllegalStateException("Closed: no channel to " + service);
    }
    return client;
  }

  private Client open(String service) {
    var connections = new Connections(service);
    var chain = ClientStack.of(connections, new StampHeaders(self));
    var channel = new GovernedChannel(service, chain, method -> target(service, method));
    return new Client(channel, connections, directory.watch(service, connections::update));
  }

  private Target target(String service, String method) {
    var key = new CallKey(self.service(), self.cluster(), service, toCluster, method);
    return new Target(key, policies.policyOf(key), meters.client(key));
  }

  private record Client(GovernedChannel channel, Connections connections, Directory.Watch watch) {

    void close() {
      watch.close();
      connections.close();
    }
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Governance;
import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.balance.SlowStart;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.Side;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The way to all other services: a {@link GovernedChannel} for each, made when it is first asked
 * for. Safe for use by many threads.
 *
 * {@snippet :
 * var users = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
 * }
 */
public final class Clients implements AutoCloseable {

  /** One for each thread, so that none waits for another. */
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

  private final Caller self;
  private final Directory directory;
  private final Governance governance;
  private final String toCluster;
  private final Balancing balancing;
  private final Waiting news = new Waiting();
  private final ConcurrentMap<String, Client> clients = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Calls that go to the cluster {@link CallKey#DEFAULT_CLUSTER} where no rule says otherwise. */
  public Clients(Caller self, Directory directory, Governance governance) {
    this(self, directory, governance, CallKey.DEFAULT_CLUSTER);
  }

  /** Clients whose new instances are brought to their full share as usual. */
  public Clients(Caller self, Directory directory, Governance governance, String toCluster) {
    this(self, directory, governance, toCluster, SlowStart.DEFAULT);
  }

  /**
   * @param self who calls
   * @param directory where instances are found; stays the caller's to close
   * @param governance how calls are governed and counted
   * @param toCluster the cluster that calls go to where no rule says otherwise
   * @param slowStart how an instance that is new is brought to its full share
   */
  public Clients(
      Caller self,
      Directory directory,
      Governance governance,
      String toCluster,
      SlowStart slowStart) {
    this.self = self;
    this.directory = directory;
    this.governance = governance;
    this.toCluster = toCluster;
    this.balancing = Balancing.with(slowStart);
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
   * Whether some instance of a service is known and connected, in a cluster that calls go to;
   * begins to watch for them, as {@link #channel} does.
   */
  public boolean isReady(String service) {
    Connections connections = client(service).connections();
    return clusters(service).stream().anyMatch(connections::isReady);
  }

  /**
   * Waits until each of some services {@linkplain #isReady is ready}, or time is up. Blocks the
   * thread; ends at once when the request is cancelled.
   *
   * @return whether each is ready
   * @throws dev.headline.rpc.RpcException if the request is cancelled
   */
  public boolean awaitReady(List<String> services, Duration patience) {
    // All of them at once, and only then one after the other.
    services.forEach(this::isReady);
    long start = System.nanoTime();
    while (!services.stream().allMatch(this::isReady)) {
      long left = patience.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      // No instance tells of a new rule that leads to others.
      long most = Math.min(left, LONGEST_SILENCE.toNanos());
      news.await(() -> !services.stream().allMatch(this::isReady), Duration.ofNanos(most));
    }
    return true;
  }

  /** All that is known of the calls that were made so far, by five-tuple. */
  public List<Explanation> explanations() {
    return clients.values().stream()
        .flatMap(client -> client.channel().explanations().stream())
        .toList();
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

  /** Where calls go, but for rules that speak of a single method or of lanes. */
  private Set<String> clusters(String service) {
    var key = new CallKey(self.service(), self.cluster(), service, toCluster, CallKey.UNKNOWN);
    CallPolicy policy = governance.policies().current().table().policyOf(key);
    return policy.route().clusters(toCluster);
  }

  private Client open(String service) {
    var connections = new Connections(service, balancing, news::tell);
    var stampHeaders = new StampHeaders(self);
    var channel =
        new GovernedChannel(service, method -> route(service, method, connections, stampHeaders));
    return new Client(channel, connections, directory.watch(service, connections::update));
  }

  private Route route(
      String service,
      MethodDescriptor<?, ?> method,
      Connections connections,
      StampHeaders stampHeaders) {
    String bare = method.getBareMethodName();
    String name = bare == null ? CallKey.UNKNOWN : bare;
    return new Route(
        governance.policies(),
        toCluster,
        RANDOM,
        cluster -> {
          var key = new CallKey(self.service(), self.cluster(), service, cluster, name);
          Decisions decisions = governance.decisions(Side.CLIENT, key);
          return new ClientStack(
              new Callee(key, method, connections, stampHeaders, decisions, governance));
        });
  }

  private record Client(GovernedChannel channel, Connections connections, Directory.Watch watch) {

    void close() {
      watch.close();
      channel.close();
      connections.close();
    }
  }
}

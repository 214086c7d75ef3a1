package dev.headline.rpc.client;

import dev.headline.rpc.Connection;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.transport.Channels;
import dev.headline.rpc.transport.Timers;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel to each instance of one service, kept up with its directory. A pick reads one immutable
 * snapshot and takes no lock.
 *
 * <p>A channel connects as soon as its instance is known, before it gets traffic. An instance that
 * is gone gets no new calls; those it has are let finish.
 */
final class Connections implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** From the news that an instance is gone to the end of its channel. */
  private static final Duration RETIREMENT = Duration.ofSeconds(1);

  private final String service;
  private final AtomicInteger turn = new AtomicInteger();
  private boolean closed;
  private volatile Map<String, List<Connection>> byCluster = Map.of();

  Connections(String service) {
    this.service = service;
  }

  /**
   * The instance whose turn it is, in a round that passes over those without a connection as long
   * as there is one that has it: a dead instance costs no call even while its registry still lists
   * it.
   *
   * @throws RpcException with {@link RpcCode#UNAVAILABLE} if the cluster has no instance
   */
  Connection pick(String cluster) {
    List<Connection> known = byCluster.getOrDefault(cluster, List.of());
    int count = known.size();
    if (count == 0) {
      throw RpcException.refused(
          RpcCode.UNAVAILABLE,
          "No instance of %s in cluster %s is known".formatted(service, cluster));
    }
    int ready = 0;
    for (Connection each : known) {
      ready += isReady(each) ? 1 : 0;
    }
    int number = turn.getAndIncrement();
    return ready == 0
        ? known.get(Math.floorMod(number, count))
        : readyOne(known, Math.floorMod(number, ready));
  }

  /** The n-th of those that are connected, so that each of them has the same share. */
  private static Connection readyOne(List<Connection> known, int n) {
    int left = n;
    for (Connection each : known) {
      if (isReady(each) && left-- == 0) {
        return each;
      }
    }
    // It has lost its connection since it was counted.
    return known.getFirst();
  }

  // Asking also makes an idle channel connect, so an instance that comes back is found again.
  private static boolean isReady(Connection connection) {
    return connection.channel().getState(true) == ConnectivityState.READY;
  }

  /** Whether some instance of the cluster is connected. */
  boolean isReady(String cluster) {
    return byCluster.getOrDefault(cluster, List.of()).stream().anyMatch(Connections::isReady);
  }

  /** Takes over a new list of instances, unless closed. */
  synchronized void update(List<Instance> instances) {
    if (closed) {
      return;
    }
    Map<Instance, Connection> before = new HashMap<>();
    byCluster.values().forEach(list -> list.forEach(each -> before.put(each.instance(), each)));
    Map<String, List<Connection>> after = new HashMap<>();
    for (Instance instance : instances) {
      Connection kept = before.remove(instance);
      after
          .computeIfAbsent(instance.cluster(), _ -> new ArrayList<>())
          .add(kept == null ? connect(instance) : kept);
    }
    after.replaceAll((_, list) -> List.copyOf(list));
    byCluster = Map.copyOf(after);
    before.values().forEach(Connections::retire);
    log.info("{} has {} instance(s): {}", service, instances.size(), instances);
  }

  /** Shuts every channel down; calls that are out are cancelled. */
  @Override
  public synchronized void close() {
    closed = true;
    Map<String, List<Connection>> last = byCluster;
    byCluster = Map.of();
    last.values().forEach(list -> list.forEach(each -> each.channel().shutdownNow()));
  }

  /** Somebody may have picked it a moment ago and not yet begun the call. */
  private static void retire(Connection gone) {
    Timers.after(RETIREMENT, () -> gone.channel().shutdown());
  }

  private static Connection connect(Instance instance) {
    ManagedChannel channel = Channels.open(instance.address());
    channel.getState(true);
    return new Connection(instance, channel);
  }
}

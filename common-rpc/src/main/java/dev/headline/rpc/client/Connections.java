package dev.headline.rpc.client;

import static java.util.stream.Collectors.groupingBy;

import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.balance.SlowStart;
import dev.headline.rpc.breaker.Siblings;
import dev.headline.rpc.discovery.Instance;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel to each instance of one service, kept up with its directory.
 *
 * <p>A channel connects as soon as its instance is known, before it gets traffic. An instance that
 * is gone gets no new calls; those it has are let finish.
 */
final class Connections implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final String service;
  private final Balancing balancing;
  private final Runnable changed;
  private final ConcurrentMap<String, Cluster> clusters = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Siblings> siblings = new ConcurrentHashMap<>();
  private boolean closed;

  Connections(String service) {
    this(service, Balancing.with(SlowStart.DEFAULT));
  }

  Connections(String service, Balancing balancing) {
    this(service, balancing, () -> {});
  }

  /**
   * @param changed called whenever instances come, go, are connected or no longer; must not block
   */
  Connections(String service, Balancing balancing, Runnable changed) {
    this.changed = changed;
    this.service = service;
    this.balancing = balancing;
  }

  /** The instances of a cluster, now and later: to be asked for once, and kept. */
  Cluster cluster(String name) {
    return clusters.computeIfAbsent(
        name, _ -> new Cluster(balancing, System::nanoTime, siblings(name)::join, changed));
  }

  /** What the client's calls say of the instances of a cluster. */
  Siblings siblings(String name) {
    return siblings.computeIfAbsent(name, _ -> new Siblings(System::nanoTime));
  }

  /** Whether some instance of the cluster is connected. */
  boolean isReady(String cluster) {
    return !cluster(cluster).members().ready().isEmpty();
  }

  /** Takes over a new list of instances, unless closed. */
  synchronized void update(List<Instance> instances) {
    if (closed) {
      return;
    }
    Map<String, List<Instance>> byCluster =
        instances.stream().collect(groupingBy(Instance::cluster));
    byCluster.keySet().forEach(this::cluster);
    clusters.forEach((name, cluster) -> cluster.replace(byCluster.getOrDefault(name, List.of())));
    log.info("{} has {} instance(s): {}", service, instances.size(), instances);
  }

  /** Shuts every channel down; calls that are out are cancelled. */
  @Override
  public synchronized void close() {
    closed = true;
    clusters.values().forEach(Cluster::close);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Connection;
import dev.headline.rpc.Health;
import dev.headline.rpc.Tried;
import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.transport.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The instances of one service in one cluster, kept up with the directory and with their
 * connections. A pick reads one immutable snapshot and takes no lock. Lives as long as the client,
 * with or without instances.
 */
final class Cluster {

  private final Balancing balancing;
  private final LongSupplier nanoClock;
  private final Function<Instance, Health> healthOf;
  private final Runnable changed;
  private final Waiting waiting = new Waiting();
  private volatile Members members = Members.NONE;

  /**
   * @param healthOf asked once for each instance that is new
   */
  Cluster(Balancing balancing, LongSupplier nanoClock, Function<Instance, Health> healthOf) {
    this(balancing, nanoClock, healthOf, () -> {});
  }

  /**
   * @param changed called whenever instances come, go, are connected or no longer; must not block
   */
  Cluster(
      Balancing balancing,
      LongSupplier nanoClock,
      Function<Instance, Health> healthOf,
      Runnable changed) {
    this.changed = changed;
    this.balancing = balancing;
    this.nanoClock = nanoClock;
    this.healthOf = healthOf;
  }

  Members members() {
    return members;
  }

  /** Whether an instance is left that is fit for calls and that no attempt has gone to. */
  boolean hasOthers(Tried tried) {
    for (Peer peer : members.ready()) {
      if (peer.connection().health().isUsable() && !tried.contains(peer.instance())) {
        return true;
      }
    }
    return false;
  }

  Balancing balancing() {
    return balancing;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  /**
   * Takes over a new list. An instance that is new connects before it takes part; one that is gone
   * gets no new calls. Not for two threads at once.
   */
  void replace(List<Instance> instances) {
    Map<Instance, Peer> before = new HashMap<>();
    members.known().forEach(peer -> before.put(peer.instance(), peer));
    // Where there is nobody to compare it with, none is news.
    boolean areNews = !before.isEmpty();
    List<Peer> known = new ArrayList<>();
    List<Peer> added = new ArrayList<>();
    for (Instance instance : instances) {
      Peer kept = before.remove(instance);
      Peer peer = kept == null ? peer(instance, areNews) : kept;
      known.add(peer);
      if (kept == null) {
        added.add(peer);
      }
    }
    swap(List.copyOf(known));
    added.forEach(Peer::connect);
    before.values().forEach(Peer::retire);
  }

  /** Shuts every channel down. */
  void close() {
    List<Peer> last = members.known();
    swap(List.of());
    last.forEach(Peer::close);
  }

  /**
   * Waits until some instance is connected, none is known any more, or time is up. Blocks the
   * (virtual) thread; ends at once when the request is cancelled.
   *
   * @throws dev.headline.rpc.RpcException if the request is cancelled
   */
  void await(Duration patience) {
    waiting.await(() -> members.isPending(), patience);
  }

  private Peer peer(Instance instance, boolean isNews) {
    var connection =
        new Connection(instance, Channels.open(instance.address()), healthOf.apply(instance));
    long since = balancing.slowStart().established(nanoClock.getAsLong());
    return new Peer(connection, isNews, since, nanoClock, this::refresh);
  }

  private synchronized void refresh() {
    swap(members.known());
  }

  private synchronized void swap(List<Peer> known) {
    Members now = members.next(known);
    members = now;
    if (!now.isPending()) {
      waiting.tell();
    }
    changed.run();
  }
}

package dev.headline.data.route;

import dev.headline.data.DataSettings;
import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import dev.headline.data.lag.Replication;
import dev.headline.data.lag.Standing.Measured;
import dev.headline.data.pool.Gate;
import dev.headline.data.pool.Pool;
import dev.headline.data.route.ReplicaChoice.Choice;
import dev.headline.data.route.ReplicaChoice.Choice.Chosen;
import dev.headline.data.route.ReplicaChoice.Choice.Nobody;
import dev.headline.data.route.RouteMeter.Reason;
import dev.headline.data.session.SessionPosition;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does a read where it belongs: on a replica that is fit; else on the primary, of which such reads
 * get only a part, lest they keep out the writes. A read whose node fails under it is done once
 * more, on another.
 *
 * <p>Safe for use by many threads.
 */
public final class ReadRoute {

  /** How many reads may wait for each place on the primary; more would wait in vain. */
  private static final int WAITING_PER_PLACE = 16;

  private final Node primary;
  private final ReplicaChoice replicas;
  private final Replication replication;
  private final SessionPosition session;
  private final RouteMeter meter;
  private final Gate primaryReads;

  public ReadRoute(
      Node primary,
      List<Node> replicas,
      Replication replication,
      DataSettings settings,
      SessionPosition session,
      RouteMeter meter) {
    this.primary = primary;
    this.replicas = new ReplicaChoice(replicas, replication, settings.replication(), meter);
    this.replication = replication;
    this.session = session;
    this.meter = meter;
    // Without any replica the primary is the place for reads, and its pool's gate is enough.
    int places = replicas.isEmpty() ? settings.poolSize() : settings.primaryReads();
    this.primaryReads =
        new Gate(
            places, places * WAITING_PER_PLACE, ReadRoute::noPlace, meter.waits("primary-reads"));
    meter.showWaiting("primary-reads", this.primaryReads);
  }

  /**
   * Does a read.
   *
   * @param atLeast what it has to show beside what its session needs
   * @param work may be done twice, on two nodes, so it only reads
   * @throws RpcException {@link RpcCode#RESOURCE_EXHAUSTED} if no replica is fit and the primary
   *     has no place, {@link RpcCode#UNAVAILABLE} if there is no node to read from, or what the
   *     work throws
   */
  public <T extends @Nullable Object> Snapshot<T> read(
      WalPosition atLeast, Function<Pool, T> work) {
    WalPosition needed = WalPosition.later(session.needed(), atLeast);
    return switch (replicas.choose(needed, null)) {
      case Nobody(Reason reason) -> onPrimary(reason, work);
      case Chosen chosen -> {
        try {
          yield on(chosen, work);
        } catch (RpcException e) {
          if (e.code() != RpcCode.UNAVAILABLE || RequestContext.current().isCancelled()) {
            throw e;
          }
          yield instead(chosen.node(), needed, work, e);
        }
      }
    };
  }

  private <T extends @Nullable Object> Snapshot<T> instead(
      Node failed, WalPosition needed, Function<Pool, T> work, RpcException why) {
    Choice choice = replicas.choose(needed, failed);
    try {
      return switch (choice) {
        case Nobody _ -> onPrimary(Reason.INSTEAD, work);
        case Chosen chosen -> on(chosen, work);
      };
    } catch (RpcException e) {
      e.addSuppressed(why);
      throw e;
    }
  }

  private <T extends @Nullable Object> Snapshot<T> onPrimary(
      Reason reason, Function<Pool, T> work) {
    primaryReads.enter(RequestContext.current());
    try {
      WalPosition shown =
          replication.primary() instanceof Measured measured ? measured.shown() : WalPosition.START;
      Object permit = primary.enter();
      meter.chose(primary, reason);
      return on(new Chosen(primary, permit, shown), work);
    } finally {
      primaryReads.leave();
    }
  }

  private <T extends @Nullable Object> Snapshot<T> on(Chosen chosen, Function<Pool, T> work) {
    Node node = chosen.node();
    T value = node.run(chosen.permit(), () -> remembered(node.pool(), work));
    return new Snapshot<>(value, chosen.shown());
  }

  /** What the same reader reads later must not be older than this. */
  private <T extends @Nullable Object> T remembered(Pool pool, Function<Pool, T> work) {
    T value = work.apply(pool);
    if (session.isKept()) {
      session.reached(pool.position());
    }
    return value;
  }

  private static RpcException noPlace() {
    return RpcException.refused(
        RpcCode.RESOURCE_EXHAUSTED,
        "No replica is fit for this read, and of the primary such reads get no more");
  }
}

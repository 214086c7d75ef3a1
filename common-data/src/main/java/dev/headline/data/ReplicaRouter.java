package dev.headline.data;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides which node of the database answers: writes and reads that must see the latest write go to
 * the primary, other reads to the replicas in turn. Every decision is counted as {@code
 * headline.data.route}, by pool, endpoint and reason.
 *
 * <p>Whatever is asked through it waits at most until the deadline of the {@link
 * dev.headline.rpc.RequestContext} it is asked in, for a connection as for the reply; when the
 * request is cancelled, it waits no longer, and its statement is cancelled in the database. What
 * goes wrong is thrown as {@link dev.headline.rpc.RpcException}: when a node is down, {@link
 * dev.headline.rpc.RpcCode#UNAVAILABLE} within half a second, until the node is back. A read is not
 * sent to another node instead.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaRouter implements AutoCloseable {

  private final Pool primary;
  private final List<Pool> replicas;
  private final RouteMeter meter;
  private final AtomicInteger turn = new AtomicInteger();

  private ReplicaRouter(Pool primary, List<Pool> replicas, RouteMeter meter) {
    this.primary = primary;
    this.replicas = replicas;
    this.meter = meter;
  }

  /**
   * Opens a pool per node. The first connection to each is tried here, which takes some seconds if
   * the node is down; the others are made in the background and kept. A node that is down now may
   * come later.
   *
   * @param settings where the nodes are
   * @param registry where pools and decisions are counted
   */
  public static ReplicaRouter open(DataSettings settings, MeterRegistry registry) {
    var replicas =
        IntStream.range(0, settings.replicaUrls().size())
            .mapToObj(
                i ->
                    Pool.open(
                        "replica-" + (i + 1), settings.replicaUrls().get(i), settings, registry))
            .toList();
    return new ReplicaRouter(
        Pool.open("primary", settings.primaryUrl(), settings, registry),
        replicas,
        new RouteMeter(settings.username(), registry));
  }

  /**
   * For a read that may be a moment behind: the next replica, or the primary if there is none. Ask
   * again for each read, as the answer is one decision.
   */
  public JdbcClient read() {
    if (replicas.isEmpty()) {
      return chosen(primary, RouteMeter.Reason.NO_REPLICA);
    }
    int next = Math.floorMod(turn.getAndIncrement(), replicas.size());
    return chosen(replicas.get(next), RouteMeter.Reason.READ);
  }

  /** For a read that must see every write that is committed. */
  public JdbcClient primary() {
    return chosen(primary, RouteMeter.Reason.LATEST);
  }

  /**
   * Does work in one transaction on the primary, which is rolled back if the work throws.
   *
   * @param work asks only the client that it is given; with another one it would wait for a second
   *     connection while it holds the first
   * @return what the work returned
   */
  public <T> T write(Function<JdbcClient, T> work) {
    meter.count(primary.endpoint(), RouteMeter.Reason.WRITE);
    return primary.inTransaction(work);
  }

  /** Closes all connections. */
  @Override
  public void close() {
    replicas.forEach(Pool::close);
    primary.close();
  }

  private JdbcClient chosen(Pool pool, RouteMeter.Reason reason) {
    meter.count(pool.endpoint(), reason);
    return pool.client();
  }
}

package dev.headline.data;

import dev.headline.data.lag.Replication;
import dev.headline.data.pool.Pool;
import dev.headline.data.pool.Probes;
import dev.headline.data.route.Node;
import dev.headline.data.route.ReadRoute;
import dev.headline.data.route.RouteMeter;
import dev.headline.data.route.RouteMeter.Reason;
import dev.headline.data.route.RoutedOperations;
import dev.headline.data.session.SessionPosition;
import dev.headline.rpc.transport.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides which node of the database answers: writes, and reads that must see the latest write, go
 * to the primary; other reads go to a replica. Ten times a second each node is asked how far it is
 * in the log. A replica that is too far behind, does not answer, fails too often, or does not show
 * yet what this reader has {@linkplain SessionPosition seen or written} is passed over, until it is
 * fit again; when none is fit, the primary reads, under a smaller limit. Every decision is counted
 * as {@code headline.data.route}, by pool, endpoint and reason.
 *
 * <p>Whatever is asked through it waits at most until the deadline of the {@link
 * dev.headline.rpc.RequestContext} it is asked in, for a connection as for the reply; when the
 * request is cancelled, it waits no longer, and its statement is cancelled in the database. What
 * goes wrong is thrown as {@link dev.headline.rpc.RpcException}: when the node is down that alone
 * could answer, {@link dev.headline.rpc.RpcCode#UNAVAILABLE} within half a second, until it is
 * back. A read whose node fails under it is done once more, on another node.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaRouter implements AutoCloseable {

  private final Node primary;
  private final List<Node> replicas;
  private final Replication replication;
  private final SessionPosition session;
  private final RouteMeter meter;
  private final ReadRoute reads;
  private final JdbcClient readClient;
  private final JdbcClient primaryClient;

  private ReplicaRouter(
      Node primary,
      List<Node> replicas,
      Replication replication,
      DataSettings settings,
      RouteMeter meter) {
    this.primary = primary;
    this.replicas = replicas;
    this.replication = replication;
    this.session = SessionPosition.of(settings.username());
    this.meter = meter;
    this.reads = new ReadRoute(primary, replicas, replication, settings, session, meter);
    this.readClient = RoutedOperations.client(work -> reads.read(WalPosition.START, work).value());
    this.primaryClient = RoutedOperations.client(this::onPrimary);
  }

  /**
   * Opens a pool for each node, and begins to watch how far each is. The first connection to each
   * is tried here, which takes some seconds if the node is down; the others are made in the
   * background and kept. A node that is down now may come later.
   *
   * @param settings where the nodes are
   * @param registry where pools and decisions are counted
   */
  public static ReplicaRouter open(DataSettings settings, MeterRegistry registry) {
    LongSupplier nanoClock = System::nanoTime;
    var meter = new RouteMeter(settings.username(), registry);
    var primary =
        new Node(
            Pool.openPrimary("primary", settings, meter.waits("primary"), registry),
            true,
            nanoClock);
    List<Node> replicas =
        IntStream.range(0, settings.replicaUrls().size())
            .mapToObj(i -> replica(i, settings, meter, registry, nanoClock))
            .toList();
    // A write that waits for the primary may still succeed, so its connections are let be.
    var replication =
        Replication.watch(
            new Replication.Node(primary.pool().name(), Probes.ofPrimary(settings), () -> {}),
            IntStream.range(0, replicas.size())
                .mapToObj(i -> watched(replicas.get(i), settings.replicaUrls().get(i), settings))
                .toList(),
            settings.replication().maxAge(),
            Timers::alarm,
            nanoClock);
    meter.show(primary, replication::primary, replication);
    for (int i = 0; i < replicas.size(); i++) {
      int index = i;
      meter.show(replicas.get(i), () -> replication.replica(index), replication);
    }
    return new ReplicaRouter(primary, replicas, replication, settings, meter);
  }

  private static Node replica(
      int index,
      DataSettings settings,
      RouteMeter meter,
      MeterRegistry registry,
      LongSupplier nanoClock) {
    String name = "replica-" + (index + 1);
    String url = settings.replicaUrls().get(index);
    return new Node(
        Pool.openReplica(name, url, settings, meter.waits(name), registry), false, nanoClock);
  }

  private static Replication.Node watched(Node node, String url, DataSettings settings) {
    return new Replication.Node(node.pool().name(), Probes.of(url, settings), node.pool()::abandon);
  }

  /**
   * For reads that may be a moment behind, but not behind what their reader has seen. Each
   * statement is one decision, and may be sent twice, to two nodes; so none of them may write.
   */
  public JdbcClient read() {
    return readClient;
  }

  /**
   * Does a read of several statements on one node, and tells how new it is at least.
   *
   * @param work asks only the client that it is given; may be done twice, on two nodes
   */
  public <T> Snapshot<T> snapshot(Function<JdbcClient, T> work) {
    return snapshot(WalPosition.START, work);
  }

  /**
   * The same where the read has to show a write that this reader may know nothing of.
   *
   * @param atLeast a position that the node which answers has reached; the primary, if no replica
   *     has
   */
  public <T> Snapshot<T> snapshot(WalPosition atLeast, Function<JdbcClient, T> work) {
    return reads.read(atLeast, pool -> work.apply(pool.client()));
  }

  /** For reads that must see every write that is committed. */
  public JdbcClient primary() {
    return primaryClient;
  }

  /**
   * Does work in one transaction on the primary, which is rolled back if the work throws.
   *
   * @param work asks only the client that it is given; with another one it would wait for a second
   *     connection while it holds the first
   * @return what the work returned
   */
  public <T> T write(Function<JdbcClient, T> work) {
    return commit(work).value();
  }

  /**
   * The same, for whoever must know when others see it.
   *
   * @return what the work returned, and a position: who has reached it shows what was written.
   *     {@link WalPosition#START} within another write, which is not committed yet
   */
  public <T> Snapshot<T> commit(Function<JdbcClient, T> work) {
    Object permit = primary.enter();
    meter.chose(primary, Reason.WRITE);
    Snapshot<T> written = primary.run(permit, () -> primary.pool().inTransaction(work));
    session.wrote(written.asOf());
    return written;
  }

  /** What the current request must be shown at least. */
  public SessionPosition session() {
    return session;
  }

  /** Closes all connections. */
  @Override
  public void close() {
    replication.close();
    replicas.forEach(Node::close);
    primary.close();
  }

  private @Nullable Object onPrimary(Function<Pool, @Nullable Object> work) {
    Object permit = primary.enter();
    meter.chose(primary, Reason.LATEST);
    return primary.run(permit, () -> work.apply(primary.pool()));
  }
}

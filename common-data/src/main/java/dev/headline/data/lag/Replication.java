package dev.headline.data.lag;

import dev.headline.data.WalPosition;
import dev.headline.data.lag.Standing.Measured;
import dev.headline.data.lag.Standing.Unknown;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Where the primary and its replicas stand, measured ten times a second by positions in the log. A
 * replica's lag is what the primary had written when the replica was asked, less what the replica
 * had replayed. While the primary cannot be asked, the furthest of what the replicas have received
 * stands in for it, because nobody can read more than that.
 *
 * <p>Safe for use by many threads.
 */
public final class Replication implements AutoCloseable {

  /** From an answer to the next question. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final long maxAgeNanos;
  private final LongSupplier nanoClock;
  private final Watched primary;
  private final List<Watched> replicas;
  private final List<Watch> watches = new ArrayList<>();

  /** Only the primary's watch changes these. */
  private VisiblePosition visible = new VisiblePosition();

  private volatile Trail trail = Trail.EMPTY;

  /**
   * A node to watch.
   *
   * @param name in logs
   * @param connections to it; opening one gives up within a second or so if it cannot
   * @param lost runs each time it stops answering, on a thread that may block for a moment
   */
  public record Node(String name, DataSource connections, Runnable lost) {}

  private Replication(Node primary, List<Node> replicas, Duration maxAge, LongSupplier nanoClock) {
    this.maxAgeNanos = maxAge.toNanos();
    this.nanoClock = nanoClock;
    this.primary = new Watched(primary.name(), this::ofPrimary, () -> losePrimary(primary.lost()));
    this.replicas =
        replicas.stream()
            .map(node -> new Watched(node.name(), this::ofReplica, node.lost()))
            .toList();
  }

  /**
   * Begins to watch, and returns once each node has answered, or is known not to.
   *
   * @param maxAge how long to wait for an answer, and for how long one counts
   * @param timers when to ask again
   * @param nanoClock by which ages are told
   */
  public static Replication watch(
      Node primary,
      List<Node> replicas,
      Duration maxAge,
      Timers.Source timers,
      LongSupplier nanoClock) {
    var replication = new Replication(primary, replicas, maxAge, nanoClock);
    replication.add(primary, replication.primary, maxAge, timers);
    for (int i = 0; i < replicas.size(); i++) {
      replication.add(replicas.get(i), replication.replicas.get(i), maxAge, timers);
    }
    replication.watches.forEach(Watch::start);
    replication.watches.forEach(Watch::awaitFirst);
    return replication;
  }

  private void add(Node node, Watched watched, Duration maxAge, Timers.Source timers) {
    var probe = new WalProbe(node.connections(), maxAge, nanoClock);
    watches.add(new Watch(node.name(), probe, PERIOD, timers, watched::hear, watched::lose));
  }

  /** Where the primary stands. */
  public Standing primary() {
    return primary.standing();
  }

  /**
   * Where a replica stands.
   *
   * @param index in the order in which they were given
   */
  public Standing replica(int index) {
    return replicas.get(index).standing();
  }

  /** Whether a measurement is too old to count. */
  public boolean isOld(Measured measured) {
    return nanoClock.getAsLong() - measured.nanos() > maxAgeNanos;
  }

  /** Asks no more. */
  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  private Standing ofPrimary(Reading reading) {
    if (reading.replica()) {
      visible = new VisiblePosition();
      return new Unknown("It only reads, so it is not the primary");
    }
    trail = trail.then(reading.reached(), reading.nanos());
    return new Measured(visible.after(reading), reading.received(), 0, 0, reading.nanos());
  }

  /** Another may be the primary next, of which nothing is known. */
  private void losePrimary(Runnable lost) {
    visible = new VisiblePosition();
    lost.run();
  }

  private Standing ofReplica(Reading reading) {
    WalPosition end = end(reading);
    Trail steps = trail;
    return new Measured(
        reading.reached(),
        reading.received(),
        end.hasReached(reading.reached()) ? end.bytes() - reading.reached().bytes() : 0,
        steps.beyond(reading.reached(), end, reading.nanos()),
        reading.nanos());
  }

  /** Up to where there was anything to read, when a replica was asked. */
  private WalPosition end(Reading reading) {
    if (primary.standing() instanceof Measured measured && !isOld(measured)) {
      return trail.at(reading.nanos());
    }
    WalPosition furthest = reading.received();
    for (Watched replica : replicas) {
      if (replica.standing() instanceof Measured measured) {
        furthest = WalPosition.later(furthest, measured.received());
      }
    }
    return furthest;
  }
}

package dev.headline.data.route;

import dev.headline.data.pool.Pool;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Breaker;
import dev.headline.rpc.breaker.Change;
import dev.headline.rpc.breaker.Testimony;
import dev.headline.rpc.policy.BreakerPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of the database as requests meet it: its connections, its breaker, and how many are
 * there now. The breaker finds out what measuring does not: a node that says where it is but
 * answers nothing else. Once open, it lets one request through at a time.
 *
 * <p>Safe for use by many threads.
 */
public final class Node implements AutoCloseable {

  /** Slow statements are no fault of the node, so only failures count. */
  private static final BreakerPolicy.Rates POLICY =
      new BreakerPolicy.Rates(
          50, 100, Duration.ofMinutes(10), 8, Duration.ofSeconds(5), Duration.ofSeconds(1), 1);

  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final Pool pool;
  private final boolean irreplaceable;
  private final LongSupplier nanoClock;
  private final Breaker breaker;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * A node, with a breaker that is closed.
   *
   * @param irreplaceable whether nobody can stand in for it. A deadline that passes is not held
   *     against it then: writers that wait for each other's locks would have it shut off for all
   */
  public Node(Pool pool, boolean irreplaceable, LongSupplier nanoClock) {
    this.pool = pool;
    this.irreplaceable = irreplaceable;
    this.nanoClock = nanoClock;
    this.breaker = new Breaker(POLICY, nanoClock);
  }

  public Pool pool() {
    return pool;
  }

  public String endpoint() {
    return pool.endpoint();
  }

  /** How many requests are there, waiting or served. */
  public int inside() {
    return inside.get();
  }

  /**
   * Asks to be let through by its breaker.
   *
   * @return to be handed to {@link #run}; null if it lets nobody through
   */
  @Nullable Object tryEnter() {
    Object permit = breaker.tryEnter();
    report();
    return permit;
  }

  /** The same, for what can go nowhere else. */
  public Object enter() {
    Object permit = tryEnter();
    if (permit == null) {
      throw RpcException.refused(
          RpcCode.UNAVAILABLE, "The database's %s fails too often".formatted(endpoint()));
    }
    return permit;
  }

  /** Does work with the permit that {@link #tryEnter} gave, and learns from how it ends. */
  public <T extends @Nullable Object> T run(Object permit, Supplier<T> work) {
    long start = nanoClock.getAsLong();
    Testimony testimony = Testimony.FOR;
    inside.incrementAndGet();
    try {
      return work.get();
    } catch (RpcException e) {
      testimony = testimony(e, nanoClock.getAsLong() - start);
      throw e;
    } finally {
      inside.decrementAndGet();
      breaker.leave(permit, testimony, nanoClock.getAsLong() - start);
      report();
    }
  }

  /** A queue that is too long says nothing of the node, and a refused statement is an answer. */
  private Testimony testimony(RpcException failure, long nanos) {
    return switch (failure.code()) {
      case RESOURCE_EXHAUSTED -> Testimony.NONE;
      case DEADLINE_EXCEEDED -> irreplaceable ? Testimony.NONE : Testimony.of(failure, nanos);
      case INTERNAL -> Testimony.FOR;
      default -> Testimony.of(failure, nanos);
    };
  }

  private void report() {
    Change change = breaker.change();
    if (change != null) {
      log.info("The breaker of {} {}: {}", endpoint(), change.outcome(), change.reason());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}

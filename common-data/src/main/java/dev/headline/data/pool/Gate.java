package dev.headline.data.pool;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RequestContext.Subscription;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Lets in as many at a time as there are places; the others wait in the order in which they came.
 * Each waits for one future, which is completed once: by a place, by the end of its request, or by
 * the news that waiting is in vain. Hence a place is neither lost nor given to two.
 *
 * <p>Safe for use by many threads.
 */
public final class Gate {

  /** How long a request waits that has no deadline. */
  private static final long PATIENCE_SECONDS = 10;

  /** In the order in which they came. */
  private final LinkedHashSet<CompletableFuture<Void>> waiters = new LinkedHashSet<>();

  private final int mostWaiting;
  private final Supplier<RpcException> full;
  private final LongConsumer waited;
  private int free;

  /**
   * A gate at which any number may wait.
   *
   * @param places how many may be inside; positive
   */
  public Gate(int places) {
    this(places, _ -> {});
  }

  /**
   * @param places how many may be inside; positive
   * @param waited hears how long each waited that had to, in nanoseconds
   */
  public Gate(int places, LongConsumer waited) {
    this(places, Integer.MAX_VALUE, Gate::exhausted, waited);
  }

  /**
   * @param places how many may be inside; positive
   * @param mostWaiting how many may wait; the next one is turned away at once
   * @param full what whoever gets no place is told
   * @param waited hears how long each waited that had to, in nanoseconds
   */
  public Gate(int places, int mostWaiting, Supplier<RpcException> full, LongConsumer waited) {
    this.free = places;
    this.mostWaiting = mostWaiting;
    this.full = full;
    this.waited = waited;
  }

  /**
   * Returns once a place is taken, which {@link #leave} gives back. It waits no longer than the
   * request lasts.
   *
   * @throws RpcException {@link RpcCode#RESOURCE_EXHAUSTED} if all places stayed taken until the
   *     deadline, {@link RpcCode#CANCELLED} once the request is, or what {@link #turnAway} says; no
   *     place is taken then
   */
  public void enter(RequestContext request) {
    CompletableFuture<Void> turn = lineUp();
    if (turn.isDone() && !turn.isCompletedExceptionally()) {
      return;
    }
    long start = System.nanoTime();
    try (Subscription _ = request.onCancel(() -> turn.completeExceptionally(tooLate(request)))) {
      turn.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RpcException reason ? reason : full.get();
    } finally {
      forget(turn);
      waited.accept(System.nanoTime() - start);
    }
  }

  /** Gives a place back: to whoever waits longest, if anybody waits. */
  public synchronized void leave() {
    while (!waiters.isEmpty()) {
      if (waiters.removeFirst().complete(null)) {
        return;
      }
    }
    free++;
  }

  /** Tells all who wait now that they wait in vain. */
  public void turnAway(Supplier<RpcException> reason) {
    List<CompletableFuture<Void>> all;
    synchronized (this) {
      all = List.copyOf(waiters);
    }
    all.forEach(turn -> turn.completeExceptionally(reason.get()));
  }

  /** How many wait. */
  public synchronized int waiting() {
    return waiters.size();
  }

  private synchronized CompletableFuture<Void> lineUp() {
    if (free > 0) {
      free--;
      return CompletableFuture.completedFuture(null);
    }
    var turn = new CompletableFuture<Void>();
    if (waiters.size() >= mostWaiting) {
      turn.completeExceptionally(full.get());
      return turn;
    }
    waiters.add(turn);
    return turn;
  }

  // Each is meant itself, and equals nothing else.
  @SuppressWarnings("CollectionUndefinedEquality")
  private synchronized void forget(CompletableFuture<Void> turn) {
    waiters.remove(turn);
  }

  private RpcException tooLate(RequestContext request) {
    RpcException over = request.failure();
    return over.code() == RpcCode.DEADLINE_EXCEEDED ? full.get() : over;
  }

  private static RpcException exhausted() {
    return new RpcException(
        RpcCode.RESOURCE_EXHAUSTED, "All database connections were busy until the deadline");
  }
}

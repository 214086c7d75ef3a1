package dev.headline.data.cache;

import dev.headline.data.WalPosition;
import dev.headline.data.cache.Backlog.Owed;
import dev.headline.rpc.RequestContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells Redis what was written, now or as soon as it can be told. As long as something has not been
 * told, Redis is not believed in this process; other processes believe it, and so they may be
 * behind for as long as this one cannot reach Redis. If this one dies before it can, what was
 * written is shown when the old values expire.
 */
final class Invalidations<K> implements AutoCloseable {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private final RedisStore<K, ?> store;
  private final Surroundings surroundings;
  private final Backlog<K> backlog;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private volatile boolean closed;

  Invalidations(RedisStore<K, ?> store, int backlog, Surroundings surroundings) {
    this.store = store;
    this.surroundings = surroundings;
    this.backlog = new Backlog<>(backlog);
  }

  /** Whether Redis knows of all that this process has written. */
  boolean areKnown() {
    return backlog.isEmpty();
  }

  int backlog() {
    return backlog.size();
  }

  /** Returns when Redis knows it, or it is remembered; never throws. */
  void tell(Collection<K> keys, WalPosition committedAt) {
    store.written(committedAt);
    // What comes after something that was not told is told after it.
    if (!backlog.isEmpty() || !told(keys, committedAt)) {
      backlog.add(keys, committedAt);
      tryLater();
    }
  }

  private boolean told(Collection<K> keys, WalPosition committedAt) {
    var positions = HashMap.<K, WalPosition>newHashMap(keys.size());
    keys.forEach(key -> positions.put(key, committedAt));
    try {
      store.fence(positions);
      return true;
    } catch (RedisFailure _) {
      return false;
    }
  }

  private void tryLater() {
    if (!closed && isDue.compareAndSet(false, true)) {
      var _ = surroundings.timers().in(BETWEEN_ATTEMPTS, this::tryBeside);
    }
  }

  /** The timer's thread must not block. */
  private void tryBeside() {
    var _ =
        RequestContext.current()
            .detached()
            .fork(
                () -> {
                  isDue.set(false);
                  return tryAgain();
                });
  }

  private boolean tryAgain() {
    Owed<K> owed = backlog.owed();
    try {
      if (owed.overflows() > 0) {
        store.newEpoch(owed.floor());
      }
      if (!owed.positions().isEmpty()) {
        store.fence(owed.positions());
      }
      backlog.settle(owed);
    } catch (RedisFailure _) {
      // It is still owed.
    }
    if (!backlog.isEmpty()) {
      tryLater();
    }
    return backlog.isEmpty();
  }

  /** Tries once more, and gives up. */
  @Override
  public void close() {
    closed = true;
    if (!backlog.isEmpty()) {
      var _ = tryAgain();
    }
  }
}

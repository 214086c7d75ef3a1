package dev.headline.data.cache;

import dev.headline.data.WalPosition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Invalidations that Redis does not know of yet. It is bounded: past that, it remembers only that
 * everything is to be given up, and up to where there were writes.
 */
final class Backlog<K> {

  /**
   * What is owed.
   *
   * @param overflows not zero if only a new epoch will do
   * @param floor the latest write of those that are not remembered by key
   * @param positions the latest write of each key
   */
  record Owed<K>(long overflows, WalPosition floor, Map<K, WalPosition> positions) {}

  private final int most;
  private final Map<K, WalPosition> positions = new LinkedHashMap<>();
  private WalPosition floor = WalPosition.START;
  private long overflows;
  private volatile int size;

  /**
   * @param most how many keys it remembers; positive
   */
  Backlog(int most) {
    this.most = most;
  }

  /** Whether Redis knows everything. */
  boolean isEmpty() {
    return size == 0;
  }

  /** How many keys; one if everything is to be given up. */
  int size() {
    return size;
  }

  synchronized void add(Collection<K> keys, WalPosition committedAt) {
    keys.forEach(key -> positions.merge(key, committedAt, WalPosition::later));
    if (overflows > 0 || positions.size() > most) {
      overflows++;
      positions.values().forEach(position -> floor = WalPosition.later(floor, position));
      positions.clear();
    }
    recount();
  }

  synchronized Owed<K> owed() {
    return new Owed<>(overflows, floor, Map.copyOf(positions));
  }

  /** Strikes out what Redis knows now, unless more has come since. */
  synchronized void settle(Owed<K> done) {
    done.positions().forEach(positions::remove);
    if (overflows == done.overflows()) {
      overflows = 0;
    }
    recount();
  }

  private void recount() {
    size = overflows > 0 ? 1 : positions.size();
  }
}

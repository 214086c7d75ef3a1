package dev.headline.data.cache;

import com.google.protobuf.StringValue;
import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A database of one table, with a log, that counts who reads it. */
final class Table implements Source<Long, StringValue> {

  private final ConcurrentHashMap<Long, String> rows = new ConcurrentHashMap<>();
  private final AtomicLong log = new AtomicLong(0xF_FFF0);
  private final AtomicInteger reading = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();

  /** What a replica has; null while all reads go to the table itself. */
  private volatile @Nullable Replica replica;

  private record Replica(Map<Long, String> rows, WalPosition shows) {}

  /** What happens after the rows have been read and before they are handed out. */
  volatile Consumer<Set<Long>> onTheWayBack = _ -> {};

  /** Commits a row; returns a position after the commit. */
  WalPosition write(long id, String value) {
    rows.put(id, value);
    return new WalPosition(log.incrementAndGet());
  }

  WalPosition delete(long id) {
    rows.remove(id);
    return new WalPosition(log.incrementAndGet());
  }

  @Override
  public Snapshot<Map<Long, StringValue>> read(Set<Long> keys, WalPosition atLeast) {
    reads.incrementAndGet();
    mostAtOnce.accumulateAndGet(reading.incrementAndGet(), Math::max);
    try {
      Snapshot<Map<Long, StringValue>> read = find(keys);
      onTheWayBack.accept(keys);
      return read;
    } finally {
      reading.decrementAndGet();
    }
  }

  /** From now on every other read goes to a replica, which has what is there now. */
  void replicate() {
    var shows = new WalPosition(log.get());
    replica = new Replica(Map.copyOf(rows), shows);
  }

  private Snapshot<Map<Long, StringValue>> find(Set<Long> keys) {
    Replica lagging = replica;
    if (lagging != null && reads.get() % 2 == 0) {
      return new Snapshot<>(find(keys, lagging.rows()), lagging.shows());
    }
    var shows = new WalPosition(log.get());
    return new Snapshot<>(find(keys, rows), shows);
  }

  private static Map<Long, StringValue> find(Set<Long> keys, Map<Long, String> rows) {
    var found = new HashMap<Long, StringValue>();
    for (Long key : keys) {
      String value = rows.get(key);
      if (value != null) {
        found.put(key, StringValue.of(value));
      }
    }
    return found;
  }
}

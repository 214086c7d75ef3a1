package dev.headline.data.cache;

import dev.headline.data.cache.Flight.Seat;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Loads each key once at a time in this process: who comes while it is on its way waits for it
 * instead. Nobody joins a load that began before a write which he is to see.
 *
 * @see <a href="https://pkg.go.dev/golang.org/x/sync/singleflight">singleflight</a>
 */
final class Flights<K, V> {

  private static final Duration LONGEST_REFRESH = Duration.ofSeconds(2);

  private final ConcurrentHashMap<K, Seat<K, V>> airborne = new ConcurrentHashMap<>();
  private final Consumer<Flight<K, V>> pilot;
  private final CacheMeters meters;

  /**
   * @param pilot loads what is waited for, and lands every key or throws
   */
  Flights(Consumer<Flight<K, V>> pilot, CacheMeters meters) {
    this.pilot = pilot;
    this.meters = meters;
  }

  /**
   * Loads values, or waits for those who do, at most until the request ends.
   *
   * @param found gets the values
   * @throws dev.headline.rpc.RpcException if one of them could not be loaded
   */
  void load(Collection<K> keys, Need need, Map<K, V> found) {
    Scope scope = RequestContext.current().detached().part();
    var own = new Flight<K, V>(need, scope);
    var seats = new ArrayList<Seat<K, V>>(keys.size());
    keys.forEach(key -> seats.add(seat(key, own)));
    try {
      start(own);
      meters.collapsed((int) seats.stream().filter(seat -> seat.flight() != own).count());
      Flight.await(seats);
      collect(keys, seats, found);
    } finally {
      seats.forEach(seat -> seat.flight().leave());
    }
  }

  /** Loads in the background what is not on its way already. */
  void refresh(Collection<K> keys, Need need) {
    List<K> due = keys.stream().filter(key -> !airborne.containsKey(key)).toList();
    if (due.isEmpty()) {
      return;
    }
    Scope scope = RequestContext.current().detached().within(LONGEST_REFRESH);
    var own = new Flight<K, V>(need, scope);
    due.forEach(key -> airborne.computeIfAbsent(key, own::add));
    own.eachSeat((_, seat) -> seat.onceLanded(own::leave));
    meters.refreshed(own.size());
    start(own);
  }

  /** Lets nobody join what is on its way: what it brings may be older than a write. */
  void forget(Collection<K> keys) {
    keys.forEach(airborne::remove);
  }

  private Seat<K, V> seat(K key, Flight<K, V> own) {
    return airborne.compute(
        key,
        (_, there) ->
            there != null && there.flight().need().covers(own.need()) && there.flight().board()
                ? there
                : own.add(key));
  }

  private void start(Flight<K, V> own) {
    if (own.size() > 0) {
      own.eachSeat((key, seat) -> seat.onceLanded(() -> airborne.remove(key, seat)));
      own.start(pilot);
    }
  }

  private void collect(Collection<K> keys, List<Seat<K, V>> seats, Map<K, V> found) {
    int next = 0;
    for (K key : keys) {
      seats.get(next++).landing().join().ifPresent(value -> found.put(key, value));
    }
  }
}

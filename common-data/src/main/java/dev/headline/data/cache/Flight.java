package dev.headline.data.cache;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One load that many wait for. It belongs to none of them: it carries what the request carries that
 * began it, and it is cancelled when all have left.
 */
final class Flight<K, V> {

  /**
   * Where one waits for one key.
   *
   * @param landing its value, empty if there is none
   */
  record Seat<K, V>(Flight<K, V> flight, CompletableFuture<Optional<V>> landing) {

    /** Does something when there is an answer, or it is known that there will be none. */
    void onceLanded(Runnable action) {
      var _ = landing.whenComplete((_, _) -> action.run());
    }
  }

  private final Need need;
  private final Scope scope;
  private final AtomicInteger passengers = new AtomicInteger();

  /** Changed before it starts by who starts it, then read by it alone. */
  private final Map<K, Seat<K, V>> seats = new LinkedHashMap<>();

  /**
   * @param need what it will show
   * @param scope in which it flies
   */
  Flight(Need need, Scope scope) {
    this.need = need;
    this.scope = scope;
  }

  /** Adds a key before the start, with one who waits for it. */
  Seat<K, V> add(K key) {
    passengers.incrementAndGet();
    var seat = new Seat<>(this, new CompletableFuture<Optional<V>>());
    seats.put(key, seat);
    return seat;
  }

  /** Waits for it as well, unless all others have left and it is over. */
  boolean board() {
    return passengers.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Waits no longer for one key. */
  void leave() {
    if (passengers.decrementAndGet() == 0) {
      scope.cancel("Nobody waits for it any more");
    }
  }

  /** How many keys it loads. */
  int size() {
    return seats.size();
  }

  void eachSeat(BiConsumer<K, Seat<K, V>> action) {
    seats.forEach(action);
  }

  /** What it will show. */
  Need need() {
    return need;
  }

  /** Begins, on a thread of its own. However it ends, nobody goes on waiting. */
  void start(Consumer<Flight<K, V>> pilot) {
    var _ = scope.context().fork(() -> fly(pilot));
  }

  // Whatever is thrown belongs to those who wait.
  @SuppressWarnings("CatchingUnchecked")
  private boolean fly(Consumer<Flight<K, V>> pilot) {
    try {
      pilot.accept(this);
    } catch (Throwable failure) {
      RpcException reason = RpcException.from(failure);
      seats.values().forEach(seat -> seat.landing().completeExceptionally(reason));
    }
    return true;
  }

  /** The keys that nobody has an answer to yet. */
  Set<K> waiting() {
    var waiting = new LinkedHashSet<K>();
    seats.forEach(
        (key, seat) -> {
          if (!seat.landing().isDone()) {
            waiting.add(key);
          }
        });
    return waiting;
  }

  /** Gives the answer to a key. */
  void land(K key, Optional<V> answer) {
    Seat<K, V> seat = seats.get(key);
    if (seat != null) {
      seat.landing().complete(answer);
    }
  }

  /**
   * Waits until all have landed, at most until the request ends.
   *
   * @throws RpcException if one of them did not, or the request ended first
   */
  static void await(List<? extends Seat<?, ?>> seats) {
    RequestContext request = RequestContext.current();
    var landings = new ArrayList<CompletableFuture<?>>(seats.size());
    seats.forEach(seat -> landings.add(seat.landing()));
    Waiting.until(CompletableFuture.allOf(landings.toArray(CompletableFuture[]::new)), request);
  }
}

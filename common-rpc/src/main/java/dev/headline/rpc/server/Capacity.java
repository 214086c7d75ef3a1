package dev.headline.rpc.server;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Priority;
import dev.headline.rpc.RpcCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one server is working on, whatever the method, and how much more it takes on. Safe for many
 * threads; takes no lock.
 *
 * <p>There is no queue: a request is let in at once or refused at once. One that waited here would
 * spend its deadline on it and be begun when nobody wants it any more; virtual threads that wait
 * for a connection of a pool are queue enough, and what they wait is part of the latency that the
 * limit learns from.
 *
 * <p>A request of priority CRITICAL is let in as long as there is any room; DEFAULT as long as less
 * than 80 % of the limit is taken, and BATCH less than 50 %, whoever has taken it. So batch is
 * refused first, and a fifth of the room is never taken by anything but what is critical.
 *
 * <p>A caller may fill all of this while nobody else wants it. Once a caller that has less than its
 * share is refused, those that have more get nothing new for a second, unless it matters more than
 * what was refused: as theirs end, there is room. All callers that no rule of the policies names
 * are {@linkplain NamedCallers#counted one} here.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Google: Handling Overload</a>
 */
final class Capacity {

  private final LongSupplier nanoClock;
  private final long origin;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Rank critical;
  private final Rank ordinary;
  private final Rank batch;
  private final Map<Caller, CallerShare> callers = new ConcurrentHashMap<>();
  private volatile @Nullable AdaptiveLimit limit;

  Capacity(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.origin = nanoClock.getAsLong();
    this.critical = new Rank(Priority.CRITICAL, 100, null, origin);
    this.ordinary = new Rank(Priority.DEFAULT, 80, critical, origin);
    this.batch = new Rank(Priority.BATCH, 50, ordinary, origin);
  }

  /** Sets what limits it from now on; null for nothing. What is in flight stays counted. */
  void limit(@Nullable AdaptiveLimit next) {
    limit = next;
  }

  /** What a caller has of it; the same one each time. */
  CallerShare share(Caller caller) {
    return callers.computeIfAbsent(caller, CallerShare::of);
  }

  Rank rank(Priority priority) {
    return switch (priority) {
      case CRITICAL -> critical;
      case DEFAULT -> ordinary;
      case BATCH -> batch;
    };
  }

  /**
   * Lets a request in, or not.
   *
   * @param callerPercent the caller's share of the limit while others want room
   * @return to be handed back; null if there is no room
   */
  @Nullable Permit enter(Rank rank, CallerShare caller, double callerPercent) {
    AdaptiveLimit governing = limit;
    if (governing == null) {
      return Permit.FREE;
    }
    long now = nanoClock.getAsLong();
    int most = governing.now();
    boolean within = caller.inFlight().incrementAndGet() <= Rank.ceil(most, callerPercent);
    int taken = within || !rank.isWanted(now) ? take(rank.ceiling(most)) : 0;
    if (taken == 0) {
      caller.inFlight().decrementAndGet();
      rank.refuse();
      if (within) {
        rank.want(now);
      }
      return null;
    }
    rank.entered();
    return new Lent(this, governing, rank, caller, now, taken);
  }

  /** How many there are with one more, or 0 if that would be too many. */
  private int take(int ceiling) {
    int before = inFlight.get();
    while (before < ceiling) {
      int witness = inFlight.compareAndExchange(before, before + 1);
      if (witness == before) {
        return before + 1;
      }
      before = witness;
    }
    return 0;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** The limit that holds now; as good as none if there is none. */
  int limit() {
    AdaptiveLimit governing = limit;
    return governing == null ? Integer.MAX_VALUE : governing.now();
  }

  String describe() {
    AdaptiveLimit governing = limit;
    if (governing == null) {
      return "no limit for this server";
    }
    int most = governing.now();
    String busy =
        callers.values().stream()
            .filter(share -> share.inFlight().get() > 0)
            .map(CallerShare::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return String.join(
        "\n",
        "limit " + governing,
        "in flight " + inFlight + (busy.isEmpty() ? "" : ": " + busy),
        critical.describe(most),
        ordinary.describe(most),
        batch.describe(most));
  }

  private record Lent(
      Capacity capacity,
      AdaptiveLimit limit,
      Rank rank,
      CallerShare caller,
      long start,
      int inFlight)
      implements Permit {

    @Override
    public void release(RpcCode outcome) {
      capacity.inFlight.decrementAndGet();
      rank.left();
      caller.inFlight().decrementAndGet();
      long took = capacity.nanoClock.getAsLong() - start;
      limit.ended(start - capacity.origin, took, inFlight, outcome);
    }
  }
}

package dev.headline.rpc;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last hundred decisions on calls of one five-tuple, for whoever asks why. Only what deviates
 * is a decision (refused, tried again, sent elsewhere), so an ordinary call writes nothing. Safe
 * for many threads; takes no lock.
 */
public final class Decisions {

  /** How many are remembered. */
  public static final int CAPACITY = 100;

  /** Hears of every decision as it is made. */
  @FunctionalInterface
  public interface Listener {

    /** Called on the thread of the call; must not block. */
    void decided(Decision decision);
  }

  private final InstantSource clock;
  private final Listener listener;
  private final AtomicLong count = new AtomicLong();
  private final AtomicReferenceArray<@Nullable Decision> ring =
      new AtomicReferenceArray<>(CAPACITY);

  /**
   * @param clock what time it is, for people
   * @param listener hears of each
   */
  public Decisions(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** Notes a decision. */
  public void record(String link, String outcome, String reason) {
    var decision = new Decision(clock.instant(), link, outcome, reason);
    ring.set((int) (count.getAndIncrement() % CAPACITY), decision);
    listener.decided(decision);
  }

  /** How many there were since the start. */
  public long count() {
    return count.get();
  }

  /** The last hundred, the newest first. */
  public List<Decision> latest() {
    long newest = count.get();
    List<Decision> latest = new ArrayList<>();
    for (long i = newest - 1; i >= Math.max(0, newest - CAPACITY); i--) {
      Decision decision = ring.get((int) (i % CAPACITY));
      if (decision != null) {
        latest.add(decision);
      }
    }
    return latest;
  }
}

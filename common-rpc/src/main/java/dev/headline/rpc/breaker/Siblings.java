package dev.headline.rpc.breaker;

import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.words.Figures;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The instances of a service in one cluster, as far as one client judges them: keeps count of those
 * that are ejected, so that never too many are. Of a single instance none may be, so the last one
 * is never ejected; and where all that are left had been ejected before the others went, whoever
 * picks takes one of them.
 *
 * <p>Safe for many threads.
 */
public final class Siblings {

  private final LongSupplier nanoClock;
  private final List<Outlier> known = new CopyOnWriteArrayList<>();
  private final AtomicInteger ejected = new AtomicInteger();

  /**
   * @param nanoClock by which times are told; only goes forward
   */
  public Siblings(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Begins to judge an instance; until its {@link Outlier#end}. */
  public Outlier join(Instance instance) {
    var outlier = new Outlier(instance.id(), this, nanoClock);
    known.add(outlier);
    return outlier;
  }

  /** How many are ejected, for a gauge. */
  public int ejected() {
    return ejected.get();
  }

  /** Which are ejected, since when and why, and by what arithmetic. */
  public String describe(EjectionPolicy.Rates policy) {
    return known.stream()
        .map(Outlier::describe)
        .filter(line -> !line.isEmpty())
        .map("\n"::concat)
        .collect(Collectors.joining("", summary(policy), ""));
  }

  private String summary(EjectionPolicy.Rates policy) {
    return "%d of %d instances are ejected, %d may be (%s); one is after %d faults in a row, or when of at least %d calls in the last %s %s failed, and may be probed after %s"
        .formatted(
            ejected.get(),
            known.size(),
            most(policy),
            Figures.percent(policy.mostPercent()),
            policy.consecutive(),
            policy.minimumCalls(),
            Figures.span(policy.window()),
            Figures.percent(policy.failurePercent()),
            Figures.span(policy.open()));
  }

  /** Counts one more as ejected, unless as many are as may be. */
  boolean tryEject(EjectionPolicy.Rates policy) {
    int now = ejected.get();
    while (now < most(policy)) {
      if (ejected.compareAndSet(now, now + 1)) {
        return true;
      }
      now = ejected.get();
    }
    return false;
  }

  /** Counts one less as ejected. */
  void readmit() {
    ejected.decrementAndGet();
  }

  // Each is meant itself, and equals nothing else.
  @SuppressWarnings("CollectionUndefinedEquality")
  void leave(Outlier gone) {
    known.remove(gone);
  }

  private int most(EjectionPolicy.Rates policy) {
    return (int) (known.size() * policy.mostPercent() / 100);
  }
}

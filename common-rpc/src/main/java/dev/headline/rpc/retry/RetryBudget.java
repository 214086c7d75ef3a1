package dev.headline.rpc.retry;

import dev.headline.rpc.policy.BudgetPolicy;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What further attempts are paid from: a bucket of tokens. Each first attempt puts a fraction of a
 * token in, time puts some in for those who call rarely, and each further attempt takes a whole one
 * out. So a callee that fails every call gets a bounded share more of them, whatever the number of
 * retries: the load that comes of failures cannot keep the failures alive. An attempt that never
 * leaves this process is no load, and gets its token back.
 *
 * <p>The bucket holds what time gives in ten seconds, at least ten tokens; what does not fit is
 * lost, so a long quiet time is no licence for a storm. It begins with what time gives in a second.
 *
 * <p>Safe for many threads; takes no lock. While the bucket is full, which is the ordinary state, a
 * first attempt costs one read.
 *
 * @see <a href="https://twitter.github.io/finagle/guide/Clients.html#retries">Finagle, retry
 *     budgets</a>
 */
final class RetryBudget {

  private static final long TOKEN = 1_000_000_000L;
  private static final long LEAST_CAPACITY = 10;
  private static final long CAPACITY_SECONDS = 10;

  private final BudgetPolicy policy;
  private final LongSupplier nanoClock;
  private final long share;
  private final long capacity;
  private final AtomicLong balance;
  private final AtomicLong filled;

  /**
   * @param nanoClock what time it is, as {@link System#nanoTime()} says it
   */
  RetryBudget(BudgetPolicy policy, LongSupplier nanoClock) {
    this.policy = policy;
    this.nanoClock = nanoClock;
    this.share = Math.round(policy.percent() / 100 * TOKEN);
    this.capacity =
        Math.max(LEAST_CAPACITY * TOKEN, Math.round(CAPACITY_SECONDS * policy.perSecond() * TOKEN));
    this.balance = new AtomicLong(Math.round(policy.perSecond() * TOKEN));
    this.filled = new AtomicLong(nanoClock.getAsLong());
  }

  /** Puts in what a first attempt is worth. */
  void deposit() {
    add(share);
  }

  /** Whether a further attempt could be paid now; somebody else may be faster. */
  boolean hasToken() {
    if (balance.get() >= TOKEN) {
      return true;
    }
    fill();
    return balance.get() >= TOKEN;
  }

  /** Pays for a further attempt; false if there is no whole token. */
  boolean withdraw() {
    fill();
    long known = balance.get();
    while (known >= TOKEN) {
      long seen = balance.compareAndExchange(known, known - TOKEN);
      if (seen == known) {
        return true;
      }
      known = seen;
    }
    return false;
  }

  /** Gives back what was paid for an attempt that is not made after all. */
  void giveBack() {
    add(TOKEN);
  }

  /** How many further attempts could be paid now. */
  double balance() {
    fill();
    return (double) balance.get() / TOKEN;
  }

  /** What time has given since it was last asked; whoever moves the mark brings it in. */
  private void fill() {
    long now = nanoClock.getAsLong();
    long last = filled.get();
    if (now - last > 0 && policy.perSecond() > 0 && filled.compareAndSet(last, now)) {
      add(Math.round(Math.min((double) capacity, policy.perSecond() * (now - last))));
    }
  }

  private void add(long amount) {
    long known = balance.get();
    while (known < capacity && amount > 0) {
      long seen = balance.compareAndExchange(known, Math.min(capacity, known + amount));
      if (seen == known) {
        return;
      }
      known = seen;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %% of first attempts and %s a second; %.1f of %d left",
        policy.percent(),
        policy.perSecond(),
        balance(),
        capacity / TOKEN);
  }
}

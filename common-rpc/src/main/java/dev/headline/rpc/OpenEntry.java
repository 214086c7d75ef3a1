package dev.headline.rpc;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call in an {@link OpenLedger}: made by the thread that calls, read by whoever wants to know.
 */
public final class OpenEntry {

  final long begin;
  int number = 1;
  @Nullable OpenEntry before;
  private final CallKey callee;
  private final LongSupplier nanoClock;
  private long end;
  private int attempts;
  private volatile @Nullable RpcCode outcome;
  private volatile @Nullable Ledger within;

  OpenEntry(CallKey callee, LongSupplier nanoClock) {
    this.callee = callee;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
  }

  /** Takes its place behind another one, before anybody else can see it. */
  void follow(@Nullable OpenEntry other) {
    before = other;
    number = other == null ? 1 : other.number + 1;
  }

  /** What the callee says of its part of the time; of two attempts, the later one's counts. */
  public void within(Ledger said) {
    within = said;
  }

  /**
   * The call is over. Not called twice.
   *
   * @param count how many attempts there were
   * @param code how it ended
   */
  public void close(int count, RpcCode code) {
    end = nanoClock.getAsLong();
    attempts = count;
    // Last, because whoever sees it also sees the others.
    outcome = code;
  }

  long end(long now) {
    return outcome == null ? now : end;
  }

  Ledger.Entry soFar(long now) {
    RpcCode code = outcome;
    return new Ledger.Entry(
        callee.to() + "/" + callee.toCluster() + "/" + callee.method(),
        code == null ? 0 : attempts,
        OpenLedger.micros(end(now) - begin),
        code,
        within);
  }
}

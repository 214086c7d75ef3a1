package dev.headline.rpc.telemetry;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.RpcCode;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Counts and times the calls of one five-tuple on one side. Its timers, one for each outcome, are
 * made at the first call that ends so and kept: a call looks up nothing. Safe for use by many
 * threads.
 */
public final class CallMeter {

  private static final RpcCode[] CODES = RpcCode.values();

  private final CallKey key;
  private final Function<RpcCode, Timer> timerOf;
  private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(CODES.length);

  CallMeter(CallKey key, Function<RpcCode, Timer> timerOf) {
    this.key = key;
    this.timerOf = timerOf;
  }

  /**
   * Records one call.
   *
   * @param code how it ended
   * @param nanos how long it took, by {@link System#nanoTime()}
   */
  // An index into an array of this process, never written down anywhere.
  @SuppressWarnings("EnumOrdinal")
  public void record(RpcCode code, long nanos) {
    Timer timer = timers.get(code.ordinal());
    if (timer == null) {
      timer = timerOf.apply(code);
      timers.set(code.ordinal(), timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "meter of " + key;
  }
}

package dev.headline.rpc.telemetry;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Phase;
import dev.headline.rpc.Phases;
import dev.headline.rpc.RpcCode;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times the attempts of one five-tuple: each request that a client sent, whatever call
 * it was for. Where nothing is lost on the way, their sum is that of the calls that servers count.
 * Looks nothing up; safe for use by many threads.
 */
public final class AttemptMeter {

  private final List<CallMeter> byKind;
  private final Timer queue;
  private final List<Timer> byPhase;

  /**
   * @param byKind a meter for each {@link AttemptKind}, in their order
   * @param queue times what calls wait for their turns
   * @param byPhase a timer for each {@link Phase}, in their order
   */
  AttemptMeter(List<CallMeter> byKind, Timer queue, List<Timer> byPhase) {
    this.byKind = byKind;
    this.queue = queue;
    this.byPhase = byPhase;
  }

  /**
   * Records one attempt.
   *
   * @param kind why it was made
   * @param code how it ended
   * @param nanos how long it took, by {@link System#nanoTime()}
   */
  // An index into a list of this process, never written down anywhere.
  @SuppressWarnings("EnumOrdinal")
  public void record(AttemptKind kind, RpcCode code, long nanos) {
    byKind.get(kind.ordinal()).record(code, nanos);
  }

  /** Records how long the attempts of one call have waited for their turns, all together. */
  public void queued(long nanos) {
    queue.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Records how long the phases of an attempt took; those that it did not come to are left out. */
  public void record(Phases phases) {
    record(Phase.CONNECT, phases.connecting());
    record(Phase.WRITE, phases.writing());
    record(Phase.WAIT, phases.waiting());
    record(Phase.READ, phases.reading());
  }

  // Likewise.
  @SuppressWarnings("EnumOrdinal")
  private void record(Phase phase, long nanos) {
    if (nanos > 0) {
      byPhase.get(phase.ordinal()).record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}

package dev.headline.rpc.breaker;

import dev.headline.rpc.Call;
import dev.headline.rpc.Health;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.words.Figures;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One instance, as the calls of a client judge it: trusted until there is too much evidence against
 * it, then ejected, which is passed over by every pick, and after a while probed by one request: by
 * one that would be tried again if that fails, or by any after twice that time, where there is no
 * such. Only if that is answered, the instance is trusted again, with no evidence against it;
 * otherwise it is ejected for as long again. Also a probe of which nothing is heard for so long
 * gives way to another.
 *
 * <p>The idea is that of gRFC A50 and of Finagle's failure accrual; that one request probes, and
 * not all of them, keeps an instance that is still sick from failing a whole second of traffic each
 * time. Safe for many threads, and takes no lock to be asked.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A50-xds-outlier-detection.md">gRFC
 *     A50</a>
 */
public final class Outlier implements Health {

  private sealed interface State {

    /** Gets its share of calls. Those that began before it was trusted are not heard. */
    record Trusted(long since, Evidence evidence) implements State {}

    /** Gets none. */
    record Ejected(String reason, long since, long probeAt) implements State {}

    /** Gets one, which has until then to end. */
    record Probed(Ejected before, Call<?, ?> by, long until) implements State {}

    /** Is no longer known; calls that are out may still end. */
    record Gone() implements State {}
  }

  private final String id;
  private final Siblings siblings;
  private final LongSupplier nanoClock;
  private final NanoClock clock;
  private final AtomicReference<State> state;
  private final AtomicLong quietUntil;

  Outlier(String id, Siblings siblings, LongSupplier nanoClock) {
    this.id = id;
    this.siblings = siblings;
    this.nanoClock = nanoClock;
    this.clock = new NanoClock(nanoClock);
    long now = nanoClock.getAsLong();
    this.state = new AtomicReference<>(new State.Trusted(now, new Evidence(clock)));
    this.quietUntil = new AtomicLong(now);
  }

  @Override
  public boolean isUsable() {
    return switch (state.get()) {
      case State.Trusted _, State.Gone _ -> true;
      case State.Ejected _, State.Probed _ -> false;
    };
  }

  @Override
  public boolean tryProbe(Call<?, ?> call) {
    State now = state.get();
    long time = nanoClock.getAsLong();
    return switch (now) {
      case State.Trusted _, State.Gone _ -> false;
      case State.Ejected ejected ->
          isDue(ejected.probeAt(), call, time) && tryProbe(now, ejected, call, time);
      case State.Probed probed ->
          isDue(probed.until(), call, time) && tryProbe(now, probed.before(), call, time);
    };
  }

  /** What cannot be made good is left to others first. */
  private static boolean isDue(long since, Call<?, ?> call, long time) {
    long precedence =
        switch (call.target().policy().ejection()) {
          case EjectionPolicy.Rates policy when !call.repeatable() -> policy.open().toNanos();
          case EjectionPolicy.Rates _, EjectionPolicy.Off _ -> 0;
        };
    return time - since >= precedence;
  }

  private boolean tryProbe(State now, State.Ejected before, Call<?, ?> call, long time) {
    return switch (call.target().policy().ejection()) {
      // Nobody would hear how the probe ends.
      case EjectionPolicy.Off _ -> {
        trust(now, time);
        yield false;
      }
      case EjectionPolicy.Rates policy ->
          state.compareAndSet(now, new State.Probed(before, call, time + policy.open().toNanos()));
    };
  }

  /**
   * Hears how a call to the instance ended.
   *
   * @param start when it began, on the nanosecond clock
   * @param policy by which the call judges; the one by which it probed, if it did
   * @return what this changed; null for nothing
   */
  public @Nullable Change ended(
      Call<?, ?> call, Testimony testimony, long start, EjectionPolicy.Rates policy) {
    return switch (state.get()) {
      case State.Trusted trusted -> {
        String reason =
            start - trusted.since() < 0 ? null : trusted.evidence().hear(testimony, policy);
        yield reason == null ? null : eject(trusted, reason, policy);
      }
      // Of the calls that are out, only the probe itself is heard.
      case State.Probed probed -> probed.by() == call ? probed(probed, testimony, policy) : null;
      case State.Ejected _, State.Gone _ -> null;
    };
  }

  private @Nullable Change eject(
      State.Trusted trusted, String reason, EjectionPolicy.Rates policy) {
    long now = nanoClock.getAsLong();
    if (!siblings.tryEject(policy)) {
      return spare(reason, now, policy);
    }
    var ejected = new State.Ejected(reason, now, now + policy.open().toNanos());
    if (!state.compareAndSet(trusted, ejected)) {
      siblings.readmit();
      return null;
    }
    return new Change("ejected", describe(ejected, now));
  }

  /** Said once in a while, and not at every fault. */
  private @Nullable Change spare(String reason, long now, EjectionPolicy.Rates policy) {
    long quiet = quietUntil.get();
    return now - quiet >= 0 && quietUntil.compareAndSet(quiet, now + policy.open().toNanos())
        ? new Change("spared", "%s: %s, but no more may be ejected".formatted(id, reason))
        : null;
  }

  private @Nullable Change probed(
      State.Probed probed, Testimony testimony, EjectionPolicy.Rates policy) {
    long now = nanoClock.getAsLong();
    if (testimony == Testimony.FOR) {
      return trust(probed, now) ? new Change("readmitted", id + ": the probe was answered") : null;
    }
    var again =
        new State.Ejected(
            probed.before().reason(), probed.before().since(), now + policy.open().toNanos());
    return state.compareAndSet(probed, again)
        ? new Change("probe failed", describe(again, now))
        : null;
  }

  private boolean trust(State before, long now) {
    if (!state.compareAndSet(before, new State.Trusted(now, new Evidence(clock)))) {
      return false;
    }
    siblings.readmit();
    return true;
  }

  @Override
  public void end() {
    switch (state.getAndSet(new State.Gone())) {
      case State.Trusted _ -> {}
      case State.Ejected _, State.Probed _ -> siblings.readmit();
      case State.Gone _ -> {
        return;
      }
    }
    siblings.leave(this);
  }

  /** Since when and why it is ejected, and when it is probed; empty if it is not ejected. */
  String describe() {
    long now = nanoClock.getAsLong();
    return switch (state.get()) {
      case State.Trusted _, State.Gone _ -> "";
      case State.Ejected ejected -> describe(ejected, now);
      case State.Probed(State.Ejected before, _, long until) ->
          "%s; it is being probed, for %s at most"
              .formatted(because(before, now), Figures.span(until - now));
    };
  }

  private String describe(State.Ejected ejected, long now) {
    return "%s; a request may probe it in %s"
        .formatted(because(ejected, now), Figures.span(ejected.probeAt() - now));
  }

  private String because(State.Ejected ejected, long now) {
    return "%s: ejected since %s, because %s"
        .formatted(id, Figures.span(now - ejected.since()), ejected.reason());
  }
}

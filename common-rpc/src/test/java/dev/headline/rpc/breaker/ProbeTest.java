package dev.headline.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Call;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an ejected instance comes back. */
class ProbeTest extends Judged {

  @Test
  void nobodyProbesBeforeItsTime() {
    eject(first);
    clock.pass(OPEN.minusNanos(1));
    assertThat(first.tryProbe(calls.call())).isFalse();

    clock.pass(Duration.ofNanos(1));

    assertThat(first.tryProbe(calls.call())).isTrue();
    assertThat(first.isUsable()).isFalse();
  }

  @Test
  void aCallThatMustNotBeSentTwiceLeavesTheProbeToOthers() {
    eject(first);
    clock.pass(OPEN.multipliedBy(2).minusNanos(1));
    assertThat(first.tryProbe(calls.write())).isFalse();

    assertThat(first.tryProbe(calls.call())).isTrue();
  }

  @Test
  void soDoesACallThatNobodyWouldTryAgainAlthoughItsMethodAllowsIt() {
    eject(first);
    clock.pass(OPEN.multipliedBy(2).minusNanos(1));
    assertThat(first.tryProbe(calls.once())).isFalse();
    clock.pass(Duration.ofNanos(1));

    assertThat(first.tryProbe(calls.once())).isTrue();
  }

  @Test
  void whereNoneMayBeSentTwiceOneOfThemProbesAfterTwiceTheTime() {
    eject(first);
    clock.pass(OPEN.multipliedBy(2));
    Call<?, ?> lost = calls.write();
    assertThat(first.tryProbe(lost)).isTrue();
    clock.pass(OPEN.multipliedBy(2).minusNanos(1));
    assertThat(first.tryProbe(calls.write())).isFalse();
    clock.pass(Duration.ofNanos(1));
    Call<?, ?> probe = calls.write();
    assertThat(first.tryProbe(probe)).isTrue();

    end(probe, first, Testimony.FOR);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void oneRequestProbesHoweverManyAskAtOnce() {
    for (int round = 0; round < 200; round++) {
      eject(first);
      clock.pass(OPEN);
      List<Call<?, ?>> asking = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asking.add(calls.call());
      }
      List<Call<?, ?>> probes = asking.parallelStream().filter(first::tryProbe).toList();

      assertThat(probes).hasSize(1);
      first.ended(probes.getFirst(), Testimony.FOR, clock.getAsLong(), POLICY);
      assertThat(first.isUsable()).isTrue();
    }
  }

  @Test
  void aProbeThatIsAnsweredReadmits() {
    Change change = end(probe(first), first, Testimony.FOR);

    assertThat(change).isEqualTo(new Change("readmitted", "users-1: the probe was answered"));
    assertThat(first.isUsable()).isTrue();
    assertThat(siblings.ejected()).isZero();
    assertThat(end(first, 2, Testimony.AGAINST)).as("What was is forgotten").isNull();
  }

  @Test
  void aProbeThatFailsEjectsForAsLongAgain() {
    Change change = end(probe(first), first, Testimony.AGAINST);

    assertThat(change).extracting(Change::outcome).isEqualTo("probe failed");
    assertThat(first.isUsable()).isFalse();
    assertThat(siblings.ejected()).isEqualTo(1);
    clock.pass(OPEN.minusNanos(1));
    assertThat(first.tryProbe(calls.call())).isFalse();
    clock.pass(Duration.ofNanos(1));
    assertThat(first.tryProbe(calls.call())).isTrue();
  }

  @Test
  void aProbeThatIsCancelledIsFollowedByAnother() {
    end(probe(first), first, Testimony.NONE);
    assertThat(first.isUsable()).isFalse();

    clock.pass(OPEN);

    end(probe(first), first, Testimony.FOR);
    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void aProbeThatNeverEndsGivesWayToAnother() {
    Call<?, ?> lost = probe(first);
    clock.pass(OPEN.minusNanos(1));
    assertThat(first.tryProbe(calls.call())).isFalse();
    clock.pass(Duration.ofNanos(1));
    Call<?, ?> next = calls.call();
    assertThat(first.tryProbe(next)).isTrue();

    end(lost, first, Testimony.AGAINST);
    end(next, first, Testimony.FOR);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void whileItIsProbedNoOtherCallIsHeard() {
    Call<?, ?> probe = probe(first);

    assertThat(end(first, 1, Testimony.FOR)).isNull();
    assertThat(first.isUsable()).isFalse();

    end(probe, first, Testimony.FOR);
    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void callsFromBeforeItWasReadmittedAreNotHeard() {
    long before = clock.getAsLong();
    end(probe(first), first, Testimony.FOR);

    for (int i = 0; i < 10; i++) {
      first.ended(calls.call(), Testimony.AGAINST, before, POLICY);
    }

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void whereEjectionWasTurnedOffAnEjectedInstanceComesBack() {
    var off = new OneCall(CallPolicy.DEFAULT.with(new EjectionPolicy.Off()));
    eject(first);
    clock.pass(OPEN);

    assertThat(first.tryProbe(off.call())).isFalse();

    assertThat(first.isUsable()).isTrue();
    assertThat(siblings.ejected()).isZero();
  }
}

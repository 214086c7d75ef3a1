package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.HandClock;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PhaseWatchTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final PhaseWatch watch = new PhaseWatch(TimeoutPolicy.DEFAULT);

  @Test
  void whateverEndsIsForgottenAlsoIfManyComeAtOnce() {
    for (int round = 0; round < 5; round++) {
      IntStream.range(0, 1_000)
          .parallel()
          .forEach(
              _ -> {
                var attempt = new Attempt(false, System::nanoTime);
                watch.add(attempt);
                attempt.finish();
              });
      Awaitility.await().until(watch::isIdle);
    }
  }

  @Test
  void aShortLimitIsOverrunByNoMoreThanTheTimeBetweenTwoLooks() {
    Duration limit = Duration.ofMillis(1);
    var looks = new ArrayDeque<Runnable>();
    var clock = new HandClock();
    var hasty =
        new PhaseWatch(
            new TimeoutPolicy(LONG, LONG, limit, limit, limit, Duration.ZERO),
            (delay, work) -> {
              assertThat(delay).isGreaterThanOrEqualTo(Timers.TICK);
              looks.add(work);
              return () -> {};
            });
    hasty.add(new Attempt(false, clock));

    // As late as the wheel may be that is asked just after a tick.
    clock.pass(Timers.TICK.multipliedBy(2));
    looks.remove().run();

    assertThat(hasty.isIdle()).isTrue();
  }

  @Test
  void lateLooksAreNotHeldAgainstThePeer() {
    var looks = new ArrayDeque<Runnable>();
    var clock = new HandClock();
    var busy =
        new PhaseWatch(
            TimeoutPolicy.DEFAULT,
            (_, work) -> {
              looks.add(work);
              return () -> {};
            });
    busy.add(new Attempt(false, clock));

    clock.pass(Duration.ofSeconds(10));
    looks.remove().run();

    assertThat(busy.isIdle()).isFalse();
  }

  @Test
  void whatIsStillOutIsNotForgotten() {
    var patient = new PhaseWatch(TimeoutPolicy.DEFAULT);
    var stillOut = new Attempt(false, () -> 0);
    patient.add(stillOut);
    for (int i = 0; i < 100; i++) {
      var attempt = new Attempt(false, System::nanoTime);
      patient.add(attempt);
      attempt.finish();
    }

    assertThat(patient.isIdle()).isFalse();
    stillOut.finish();
    Awaitility.await().until(patient::isIdle);
  }
}

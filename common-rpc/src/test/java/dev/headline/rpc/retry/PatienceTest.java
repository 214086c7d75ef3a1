package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration DELAY = Duration.ofMillis(10);

  private final FakeTime time = new FakeTime(1);
  private final Patience patience = new Patience(time.keepingAlarms());
  private final List<String> told = new ArrayList<>();

  @Test
  void eachIsToldWhenItsTimeHasCome() {
    begin("first");
    time.advance(Duration.ofMillis(4));
    begin("second");
    time.advance(Duration.ofMillis(6).minusNanos(1));
    assertThat(told).isEmpty();

    time.advance(Duration.ofNanos(1));
    assertThat(told).containsExactly("first");
    time.advance(Duration.ofMillis(4));
    assertThat(told).containsExactly("first", "second");
    assertThat(time.alarms()).isZero();
  }

  @Test
  void whatIsOverIsNotTold() {
    Attempt quick = begin("quick");
    begin("slow");
    quick.over = true;
    time.advance(DELAY);

    assertThat(told).containsExactly("slow");
  }

  @Test
  void manyAttemptsHaveOneTimer() {
    IntStream.range(0, 1_000).forEach(i -> begin("attempt " + i));

    assertThat(time.alarms()).isEqualTo(1);
    time.advance(DELAY);
    assertThat(told).hasSize(1_000);
  }

  @Test
  void nobodyIsForgottenWhoeverAddsMeanwhile() {
    var real = new Patience(Clockwork.REAL);
    var count = new AtomicInteger();
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i ->
                real.add(new Attempt(System.nanoTime() + i % 7 * 10_000L, count::incrementAndGet)));

    Awaitility.await().untilAsserted(() -> assertThat(count).hasValue(20_000));
  }

  @Test
  void anAlarmThatCannotBeSetFailsNoCallAndNoneAfterIt() {
    Clockwork clockwork = time.keepingAlarms();
    var broken = new AtomicBoolean(true);
    var sometimes =
        new Patience(
            new Clockwork(
                clockwork.nanoClock(),
                clockwork.random(),
                (delay, work) -> {
                  if (broken.get()) {
                    throw new RejectedExecutionException("The event loops have ended");
                  }
                  return clockwork.alarms().in(delay, work);
                }));
    sometimes.add(attempt("first"));
    broken.set(false);
    sometimes.add(attempt("second"));

    time.advance(DELAY);

    assertThat(told).containsExactly("first", "second");
  }

  private Attempt begin(String name) {
    Attempt attempt = attempt(name);
    patience.add(attempt);
    return attempt;
  }

  private Attempt attempt(String name) {
    return new Attempt(time.nanoTime() + DELAY.toNanos(), () -> told.add(name));
  }

  private static final class Attempt implements Patience.Waiting {

    private final long due;
    private final Runnable told;
    private boolean over;

    Attempt(long due, Runnable told) {
      this.due = due;
      this.told = told;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public void tooLong() {
      told.run();
    }
  }
}

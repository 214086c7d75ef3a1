package dev.headline.rpc.breaker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.HandClock;
import dev.headline.rpc.breaker.Breaker.State;
import dev.headline.rpc.policy.BreakerPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final Duration OPEN = Duration.ofSeconds(5);
  private static final long QUICK = Duration.ofMillis(1).toNanos();
  private static final long SLOW = Duration.ofMillis(501).toNanos();

  private final HandClock clock = new HandClock();
  private final Breaker breaker = new Breaker(policy(10, 3), clock);

  @Test
  void itOpensAtTheShareOfFaultsOfEnoughCalls() {
    end(4, Testimony.FOR);
    end(5, Testimony.AGAINST);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    end(1, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void itStaysClosedBelowTheShare() {
    end(51, Testimony.FOR);
    end(49, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void itOpensAtTheShareOfSlowCalls() {
    for (int i = 0; i < 7; i++) {
      end(enter(), Testimony.FOR, SLOW);
    }
    end(2, Testimony.FOR);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    end(enter(), Testimony.FOR, SLOW);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void faultsThatLeftTheWindowAreForgotten() {
    end(9, Testimony.AGAINST);
    clock.pass(Duration.ofSeconds(11));

    end(9, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void callsThatSayNothingAreNotCounted() {
    end(4, Testimony.FOR);
    end(5, Testimony.AGAINST);

    end(100, Testimony.NONE);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.describe()).startsWith("closed: 5 of 9 calls failed (55.6 %)");
  }

  @Test
  void openItLetsNobodyThroughBeforeItsTimeIsOver() {
    open();
    clock.pass(OPEN);
    assertThat(breaker.tryEnter()).isNull();

    clock.pass(Duration.ofNanos(1));

    assertThat(breaker.tryEnter()).isNotNull();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void halfOpenItLetsThroughAsManyAsMayProbeHoweverManyAskAtOnce() {
    halfOpen();

    List<CompletableFuture<@Nullable Object>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(CompletableFuture.supplyAsync(breaker::tryEnter, Thread::startVirtualThread));
    }

    assertThat(asked.stream().map(CompletableFuture::join).filter(Objects::nonNull)).hasSize(3);
  }

  @Test
  void itClosesWhenTheProbesAreAnswered() {
    halfOpen();

    end(3, Testimony.FOR);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void itOpensAgainWhenTheProbesFail() {
    halfOpen();

    end(1, Testimony.FOR);
    end(2, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.tryEnter()).isNull();
  }

  @Test
  void aProbeThatSaysNothingMakesRoomForAnother() {
    halfOpen();
    List<Object> probes = Stream.generate(this::enter).limit(3).toList();
    assertThat(breaker.tryEnter()).isNull();

    end(probes.getFirst(), Testimony.NONE, QUICK);

    assertThat(breaker.tryEnter()).isNotNull();
    assertThat(breaker.tryEnter()).isNull();
  }

  @Test
  void aCallFromBeforeItOpenedIsNoProbe() {
    List<Object> late = Stream.generate(this::enter).limit(6).toList();
    halfOpen();

    for (Object each : late.subList(0, 3)) {
      end(each, Testimony.AGAINST, SLOW);
    }
    for (Object each : late.subList(3, 6)) {
      end(each, Testimony.NONE, SLOW);
    }

    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(Stream.generate(breaker::tryEnter).limit(10).filter(Objects::nonNull)).hasSize(3);
  }

  @Test
  void fewerProbesDecideWhereTheMinimumIsSmaller() {
    var hasty = new Breaker(policy(2, 5), clock);
    for (int i = 0; i < 2; i++) {
      hasty.leave(requireNonNull(hasty.tryEnter()), Testimony.AGAINST, QUICK);
    }
    clock.pass(OPEN.plusNanos(1));

    for (int i = 0; i < 2; i++) {
      hasty.leave(requireNonNull(hasty.tryEnter()), Testimony.FOR, QUICK);
    }

    assertThat(hasty.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void itClosesByItselfWhenTooFewCallsComeToProbe() {
    var lonely = new Breaker(policy(10, 3), clock, Duration.ofMillis(50));
    for (int i = 0; i < 10; i++) {
      lonely.leave(requireNonNull(lonely.tryEnter()), Testimony.AGAINST, QUICK);
    }
    clock.pass(OPEN.plusNanos(1));
    assertThat(lonely.tryEnter()).isNotNull();

    await().until(() -> lonely.state() == State.CLOSED);
  }

  @Test
  void eachChangeIsToldOnce() {
    assertThat(breaker.change()).isNull();

    end(10, Testimony.AGAINST);
    assertThat(breaker.change())
        .isEqualTo(
            new Change("opened", "10 of 10 calls failed (100 %) and 0 were slow in the last 10 s"));
    assertThat(breaker.change()).isNull();

    clock.pass(OPEN.plusNanos(1));
    Object probe = enter();
    assertThat(breaker.change()).extracting(Change::outcome).isEqualTo("half-opened");
    end(probe, Testimony.FOR, QUICK);
    end(2, Testimony.FOR);
    assertThat(breaker.change()).extracting(Change::outcome).isEqualTo("closed");
  }

  @Test
  void itSaysItsArithmetic() {
    end(84, Testimony.FOR);
    end(3, Testimony.AGAINST);
    assertThat(breaker.describe())
        .isEqualTo(
            "closed: 3 of 87 calls failed (3.4 %) and 0 were slow in the last 10 s; opens when of"
                + " at least 10 calls 50 % failed or 80 % took longer than 500 ms, then stays open"
                + " for 5 s");

    end(100, Testimony.AGAINST);
    assertThat(breaker.change()).isNotNull();
    clock.pass(Duration.ofMillis(1_500));
    assertThat(breaker.tryEnter()).isNull();
    assertThat(breaker.describe())
        .startsWith("open since 1.5 s: ")
        .endsWith("; 3 may probe it in 3.5 s");

    clock.pass(OPEN);
    end(1, Testimony.AGAINST);
    assertThat(breaker.describe())
        .isEqualTo(
            "half-open since 0 ms: 1 of 3 probes have ended, 1 of them failed and 0 were slow");
  }

  private void open() {
    end(10, Testimony.AGAINST);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  private void halfOpen() {
    open();
    clock.pass(OPEN.plusNanos(1));
    end(1, Testimony.NONE);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  /** Of so many calls, or of as many as are let through. */
  private void end(int count, Testimony testimony) {
    for (int i = 0; i < count; i++) {
      Object permit = breaker.tryEnter();
      if (permit != null) {
        end(permit, testimony, QUICK);
      }
    }
  }

  private void end(Object permit, Testimony testimony, long nanos) {
    breaker.leave(permit, testimony, nanos);
  }

  private Object enter() {
    return requireNonNull(breaker.tryEnter());
  }

  private static BreakerPolicy.Rates policy(int minimumCalls, int probes) {
    return new BreakerPolicy.Rates(
        50, 80, Duration.ofMillis(500), minimumCalls, Duration.ofSeconds(10), OPEN, probes);
  }
}

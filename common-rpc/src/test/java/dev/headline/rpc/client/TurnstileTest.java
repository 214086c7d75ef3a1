package dev.headline.rpc.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.client.Turnstile.Outcome;
import dev.headline.rpc.client.Turnstile.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile(2);

  @Test
  void asManyGoInAsMayBeInside() {
    assertThat(turnstile.tryEnter()).isTrue();
    assertThat(turnstile.tryEnter()).isTrue();

    assertThat(turnstile.tryEnter()).isFalse();
    turnstile.leave();
    assertThat(turnstile.tryEnter()).isTrue();
    assertThat(turnstile.inside()).isEqualTo(2);
  }

  @Test
  void whoCameFirstGoesInFirst() {
    fill();
    Turn first = lineUp();
    Turn second = lineUp();

    turnstile.leave();
    assertThat(first).isCompletedWithValue(Outcome.IN);
    assertThat(second).isNotDone();

    turnstile.leave();
    assertThat(second).isCompletedWithValue(Outcome.IN);
    assertThat(turnstile.inside()).isEqualTo(2);
  }

  @Test
  void nobodyOvertakesWhoWaits() {
    fill();
    Turn waiting = lineUp();
    turnstile.leave();
    assertThat(waiting).isCompletedWithValue(Outcome.IN);
    Turn next = lineUp();

    assertThat(turnstile.tryEnter()).isFalse();
    assertThat(next).isNotDone();
  }

  @Test
  void noMoreWaitThanMay() {
    fill();
    var _ = lineUp();

    assertThat(turnstile.lineUp(1)).isNull();
    assertThat(turnstile.lineUp(2)).isNotNull();
    assertThat(turnstile.waiting()).isEqualTo(2);
  }

  @Test
  void whoGivesUpTakesNobodysPlace() {
    fill();
    Turn first = lineUp();
    Turn second = lineUp();
    first.complete(Outcome.TIME_IS_UP);

    turnstile.leave();

    assertThat(second).isCompletedWithValue(Outcome.IN);
    turnstile.withdraw(first);
    assertThat(turnstile.inside()).isEqualTo(2);
    assertThat(turnstile.waiting()).isZero();
  }

  @Test
  void onceNobodyWaitsTheWayInIsFreeAgain() {
    fill();
    Turn only = lineUp();
    only.complete(Outcome.CANCELLED);
    turnstile.withdraw(only);

    turnstile.leave();

    assertThat(turnstile.tryEnter()).isTrue();
  }

  @Test
  void aLimitThatFallsWaitsUntilAsManyHaveLeft() {
    fill();
    turnstile.limit(1);
    turnstile.leave();
    assertThat(turnstile.tryEnter()).isFalse();

    turnstile.leave();

    assertThat(turnstile.tryEnter()).isTrue();
    assertThat(turnstile.tryEnter()).isFalse();
  }

  @Test
  void aLimitThatRisesLetsInWhoWaits() {
    fill();
    Turn first = lineUp();
    Turn second = lineUp();

    turnstile.limit(3);

    assertThat(first).isCompletedWithValue(Outcome.IN);
    assertThat(second).isNotDone();
    assertThat(turnstile.inside()).isEqualTo(3);
  }

  @Test
  void aPlaceIsNeitherLostNorGivenTwiceWhateverHappensAtOnce() {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      int number = i;
      all.add(
          CompletableFuture.runAsync(
              () -> {
                for (int round = 0; round < 500; round++) {
                  visit(inside, most, number + round);
                }
              },
              Thread::startVirtualThread));
    }
    all.forEach(CompletableFuture::join);

    assertThat(most.get()).isBetween(1, 2);
    assertThat(turnstile.inside()).isZero();
    assertThat(turnstile.waiting()).isZero();
    fill();
  }

  private void visit(AtomicInteger inside, AtomicInteger most, int number) {
    if (!turnstile.tryEnter()) {
      Turn turn = turnstile.lineUp(50);
      if (turn == null) {
        return;
      }
      if (number % 3 == 0) {
        turn.complete(Outcome.CANCELLED);
      }
      Outcome outcome = turn.join();
      turnstile.withdraw(turn);
      if (outcome != Outcome.IN) {
        return;
      }
    }
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    inside.decrementAndGet();
    turnstile.leave();
  }

  private void fill() {
    while (turnstile.inside() < turnstile.limit()) {
      assertThat(turnstile.tryEnter()).isTrue();
    }
  }

  private Turn lineUp() {
    return requireNonNull(turnstile.lineUp(10));
  }
}

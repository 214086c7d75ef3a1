package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headline.rpc.policy.BudgetPolicy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final FakeTime time = new FakeTime(1);

  @RepeatedTest(50)
  void noSequenceOfCallsGetsMoreThanTheShareAndTheFloor(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var policy = new BudgetPolicy(random.nextDouble(30), random.nextDouble(10));
    var budget = new RetryBudget(policy, time::nanoTime);
    double allowed = policy.perSecond();
    int paid = 0;

    for (int i = 0; i < 5_000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          budget.deposit();
          allowed += policy.percent() / 100;
        }
        case 1 -> {
          Duration quiet = Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 5_000 : 20));
          time.advance(quiet);
          allowed += policy.perSecond() * quiet.toNanos() / 1e9;
        }
        default -> paid += budget.withdraw() ? 1 : 0;
      }
      assertThat(paid).isLessThanOrEqualTo((int) (allowed + 1e-3));
    }
  }

  @Test
  void aCalleeThatFailsEveryCallIsAskedATenthMoreAndTheFloor() {
    var budget = new RetryBudget(BudgetPolicy.DEFAULT, time::nanoTime);
    int extra = 0;
    for (int i = 0; i < 10_000; i++) {
      time.advance(Duration.ofMillis(1));
      budget.deposit();
      extra += budget.withdraw() ? 1 : 0;
    }

    assertThat(extra).isCloseTo(1_000 + 3 * 10 + 3, within(3));
  }

  @Test
  void aLongQuietTimeIsNoLicenceForAStorm() {
    var budget = new RetryBudget(BudgetPolicy.DEFAULT, time::nanoTime);
    time.advance(Duration.ofHours(5));
    IntStream.range(0, 100_000).forEach(_ -> budget.deposit());

    assertThat(IntStream.range(0, 1_000).filter(_ -> budget.withdraw())).hasSize(30);
  }

  @Test
  void whoCallsRarelyHasTheFloor() {
    var budget = new RetryBudget(BudgetPolicy.DEFAULT, time::nanoTime);
    IntStream.range(0, 3).forEach(_ -> assertThat(budget.withdraw()).isTrue());

    assertThat(budget.withdraw()).isFalse();
    time.advance(Duration.ofMillis(334));
    assertThat(budget.hasToken()).isTrue();
    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.hasToken()).isFalse();
  }

  @Test
  void aBudgetOfNothingPaysNothing() {
    var budget = new RetryBudget(new BudgetPolicy(0, 0), time::nanoTime);
    budget.deposit();
    time.advance(Duration.ofHours(1));

    assertThat(budget.withdraw()).isFalse();
  }

  @Test
  void whatIsGivenBackCanBePaidAgain() {
    var budget = new RetryBudget(new BudgetPolicy(0, 1), time::nanoTime);
    assertThat(budget.withdraw()).isTrue();
    budget.giveBack();

    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isFalse();
  }

  @Test
  void threadsThatPayAtOnceGetNoTokenTwice() {
    var budget = new RetryBudget(new BudgetPolicy(10, 0), time::nanoTime);
    var paid = new AtomicInteger();

    IntStream.range(0, 100_000)
        .parallel()
        .forEach(
            _ -> {
              budget.deposit();
              paid.addAndGet(budget.withdraw() ? 1 : 0);
            });

    assertThat(paid.get() + budget.balance()).isCloseTo(10_000, within(1e-3));
  }
}

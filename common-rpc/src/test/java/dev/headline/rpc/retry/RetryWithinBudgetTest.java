package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many further attempts there are for many calls together. */
class RetryWithinBudgetTest {

  private Scene scene = new Scene(Scene.TWICE_MORE, true, false);

  @Test
  void aSpentBudgetEndsTheAttempts() {
    scene = new Scene(Scene.TWICE_MORE.with(new BudgetPolicy(0, 1)), true, false);
    scene.failure(
        attempt -> {
          throw Scene.fault();
        });

    assertThat(scene.attempts).hasSize(2);
    assertThat(scene.reason()).contains("budget");
  }

  @Test
  void aCalleeThatFailsEveryCallIsAskedATenthMoreAndTheFloor() {
    scene = new Scene(Scene.TWICE_MORE.with(BudgetPolicy.DEFAULT), true, false);
    for (int i = 0; i < 1_000; i++) {
      scene.failure(
          attempt -> {
            throw Scene.fault();
          });
    }
    double seconds = (scene.time.nanoTime() - 1_000_000_000_000L) / 1e9;

    assertThat(scene.attempts.size() - 1_000)
        .isGreaterThan(90)
        .isLessThanOrEqualTo((int) (100 + 3 + 3 * seconds));
  }

  @Test
  void aChangedPolicyDoesNotFillTheBudget() {
    var retries = new Retries(true, () -> 2, _ -> true, scene.time.skippingWaits());
    Retry before = retries.under(Scene.TWICE_MORE);
    double full = before.budget();
    Retry after =
        retries.under(Scene.TWICE_MORE.with(TimeoutPolicy.ofTotal(Duration.ofSeconds(1))));
    var call = scene.call(Duration.ofMillis(100));
    assertThatThrownBy(
            () ->
                before.handle(
                    call,
                    new Endpoint() {
                      @Override
                      public <Q, R> R invoke(Call<Q, R> attempt) {
                        throw Scene.fault();
                      }
                    }))
        .isInstanceOf(RpcException.class);

    assertThat(after.budget()).isLessThan(full);
  }

  @Test
  void whatIsRefusedHereCostsTheBudgetNothing() {
    scene = new Scene(Scene.TWICE_MORE.with(new BudgetPolicy(0, 1)), true, false);
    double before = scene.link().budget();
    scene.failure(
        _ -> {
          throw Scene.refusedHere(Pushback.NONE);
        });

    assertThat(scene.attempts).hasSize(3);
    assertThat(scene.link().budget()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void aTokenThatPaidForAnAttemptThatIsRefusedHerePaysForTheNext() {
    scene = new Scene(Scene.TWICE_MORE.with(new BudgetPolicy(0, 1)), true, false);
    String answer =
        scene.run(
            attempt ->
                switch (scene.attempts.size()) {
                  case 1 -> throw Scene.fault();
                  case 2 -> throw Scene.refusedHere(Pushback.NONE);
                  default -> "third";
                });

    assertThat(answer).isEqualTo("third");
    assertThat(scene.link().budget()).isLessThan(1);
  }
}

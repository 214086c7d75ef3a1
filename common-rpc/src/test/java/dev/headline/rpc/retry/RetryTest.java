package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

  private static final CallPolicy TWICE_MORE =
      CallPolicy.DEFAULT
          .with(new HedgePolicy.Off())
          .with(new RetryPolicy.Backoff(2, Duration.ofMillis(10), Duration.ofMillis(100)))
          .with(new BudgetPolicy(10, 100));

  private Scene scene = new Scene(TWICE_MORE, true, false);

  @Test
  void aFaultIsFollowedByAnotherAttemptWithTheNextNumber() {
    String answer =
        scene.run(
            attempt -> {
              if (attempt.attempt() == 1) {
                throw fault();
              }
              assertThat(attempt.kind()).isEqualTo(AttemptKind.RETRY);
              return "second";
            });

    assertThat(answer).isEqualTo("second");
    assertThat(scene.outcomes()).containsExactly("retried");
    assertThat(scene.reason()).isEqualTo("UNAVAILABLE: gone");
  }

  @Test
  void afterTheLastAttemptItsFailureIsThrownAndTheOthersComeAlong() {
    RpcException failure =
        failure(
            attempt -> {
              throw new RpcException(RpcCode.UNAVAILABLE, "gone " + attempt.attempt());
            });

    assertThat(failure).hasMessage("gone 3");
    assertThat(Objects.requireNonNull(failure.getCause()).getSuppressed()).hasSize(1);
    assertThat(failure.pushback()).isEqualTo(Pushback.NEVER);
    assertThat(scene.outcomes()).containsExactly("retried", "retried", "retry denied");
  }

  @Test
  void aRefusalNeverHidesThatAnEarlierAttemptMayHaveBeenExecuted() {
    RpcException failure =
        failure(
            attempt -> {
              throw attempt.attempt() == 1 ? fault() : refusal();
            });

    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void onlyFaultsAreTriedAgain(RpcCode code) {
    failure(
        attempt -> {
          throw new RpcException(code, "no");
        });

    assertThat(scene.attempts).hasSize(code.isFault() ? 3 : 1);
  }

  @Test
  void aMethodThatIsNotIdempotentIsNeverSentAgainIfItMayHaveBeenExecuted() {
    scene = new Scene(TWICE_MORE, false, false);
    failure(
        attempt -> {
          throw fault();
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("not idempotent");
  }

  @Test
  void aMethodThatIsNotIdempotentIsSentElsewhereIfItWasNotExecuted() {
    scene = new Scene(TWICE_MORE, false, false);
    String answer =
        scene.run(
            attempt -> {
              if (attempt.attempt() == 1) {
                throw refusal();
              }
              return "elsewhere";
            });

    assertThat(answer).isEqualTo("elsewhere");
    assertThat(scene.limits.getFirst()).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void aRequestThatAnEarlierHopTriesAgainIsNotTriedAgainHere() {
    var origin =
        new Origin(
            new Caller("gateway", "default"),
            Origin.UNKNOWN.priority(),
            true,
            Origin.UNKNOWN.baggage());
    try (var request = RequestContext.open(origin, Duration.ofSeconds(20))) {
      request
          .context()
          .run(
              () ->
                  failure(
                      attempt -> {
                        throw fault();
                      }));
    }

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.limits.getFirst()).isEqualTo(Duration.ofMillis(800));
    assertThat(scene.reason()).contains("earlier hop");
  }

  @Test
  void aServerThatAsksForTimeGetsIt() {
    long start = scene.time.nanoTime();
    scene.run(
        attempt -> {
          if (attempt.attempt() == 1) {
            throw pushed(new Pushback.After(Duration.ofMillis(300)));
          }
          return "later";
        });

    assertThat(Duration.ofNanos(scene.time.nanoTime() - start)).hasMillis(300);
  }

  @Test
  void aServerThatAsksForMoreTimeThanThereIsIsNotAskedAgain() {
    failure(
        attempt -> {
          throw pushed(new Pushback.After(Duration.ofMillis(801)));
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("Too little time");
  }

  @Test
  void aServerThatAsksNotToTryAgainIsObeyed() {
    failure(
        attempt -> {
          throw pushed(Pushback.NEVER);
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("asked not to");
  }

  @Test
  void anAttemptThatWouldUsuallyBeTooLateIsNotMade() {
    scene.see(60, Duration.ofMillis(40));
    failure(
        attempt -> {
          scene.take(attempt, Duration.ofMillis(100));
          throw fault();
        },
        Duration.ofMillis(135));

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("Too little time");
  }

  @Test
  void anAttemptIsCutOffAsLongAsAnotherMayFollowAndTheLastHasAllThatIsLeft() {
    failure(
        attempt -> {
          scene.take(attempt, Duration.ofSeconds(5));
          return "never";
        });

    assertThat(scene.limits).hasSize(3);
    assertThat(scene.limits.subList(0, 2))
        .containsExactly(Duration.ofMillis(120), Duration.ofMillis(120));
    assertThat(scene.limits.getLast())
        .isBetween(Duration.ofMillis(800 - 240 - 30), Duration.ofMillis(800 - 240));
  }

  @Test
  void anAttemptLeavesTheMarginForTheNext() {
    failure(
        attempt -> {
          throw new RpcException(RpcCode.NOT_FOUND, "no");
        },
        Duration.ofMillis(100));

    assertThat(scene.limits).containsExactly(Duration.ofMillis(95));
  }

  @Test
  void noAttemptIsCutOffShorterThanAttemptsUsuallyTake() {
    scene = new Scene(TWICE_MORE.with(TimeoutPolicy.DEFAULT), true, false);
    scene.connected = 1;
    scene.see(60, Duration.ofMillis(200));
    scene.connected = 2;
    scene.run(attempt -> "slow");

    assertThat(scene.limits).containsExactly(Duration.ofMillis(800));
  }

  @Test
  void withOneInstanceNothingIsCutOff() {
    scene.connected = 1;
    scene.run(attempt -> "only one");

    assertThat(scene.limits).containsExactly(Duration.ofMillis(800));
  }

  @Test
  void aSpentBudgetEndsTheAttempts() {
    scene = new Scene(TWICE_MORE.with(new BudgetPolicy(0, 1)), true, false);
    failure(
        attempt -> {
          throw fault();
        });

    assertThat(scene.attempts).hasSize(2);
    assertThat(scene.reason()).contains("budget");
  }

  @Test
  void aCalleeThatFailsEveryCallIsAskedATenthMoreAndTheFloor() {
    scene = new Scene(TWICE_MORE.with(BudgetPolicy.DEFAULT), true, false);
    for (int i = 0; i < 1_000; i++) {
      failure(
          attempt -> {
            throw fault();
          });
    }
    double seconds = (scene.time.nanoTime() - 1_000_000_000_000L) / 1e9;

    assertThat(scene.attempts.size() - 1_000)
        .isGreaterThan(90)
        .isLessThanOrEqualTo((int) (100 + 3 + 3 * seconds));
  }

  @Test
  void aChangedPolicyDoesNotFillTheBudget() {
    var retries = new Retries(true, () -> 2, scene.time.skippingWaits());
    Retry before = retries.under(TWICE_MORE);
    double full = before.budget();
    Retry after = retries.under(TWICE_MORE.with(TimeoutPolicy.ofTotal(Duration.ofSeconds(1))));
    var call = scene.call(Duration.ofMillis(100));
    assertThatThrownBy(
            () ->
                before.handle(
                    call,
                    new Endpoint() {
                      @Override
                      public <Q, R> R invoke(Call<Q, R> attempt) {
                        throw fault();
                      }
                    }))
        .isInstanceOf(RpcException.class);

    assertThat(after.budget()).isLessThan(full);
  }

  @Test
  void aPauseEndsAtOnceWhenTheRequestIsCancelled() {
    scene = new Scene(TWICE_MORE, true, true);
    try (var request = RequestContext.open(Origin.UNKNOWN, Duration.ofSeconds(20))) {
      RpcException failure =
          request
              .context()
              .call(
                  () ->
                      failure(
                          attempt -> {
                            Thread.startVirtualThread(
                                () -> {
                                  while (scene.time.alarms() == 0) {
                                    Thread.onSpinWait();
                                  }
                                  request.cancel("The client has left");
                                });
                            throw pushed(new Pushback.After(Duration.ofMillis(300)));
                          }));

      assertThat(failure.code()).isEqualTo(RpcCode.CANCELLED);
      assertThat(failure.getSuppressed()).hasSize(1);
    }
    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.time.alarms()).isZero();
  }

  @Test
  void afterTheCallItsDeadlineIsWhatItWas() {
    var call = scene.call(Duration.ofMillis(800));
    var whole = Objects.requireNonNull(call.deadline());
    scene.run(call, attempt -> "first");

    assertThat(call.deadline()).isSameAs(whole);
  }

  @Test
  void withBothSwitchedOffTheCallPassesUntouched() {
    scene = new Scene(TWICE_MORE.with(new RetryPolicy.Off()), true, false);
    failure(
        attempt -> {
          throw fault();
        });

    assertThat(scene.limits).containsExactly(Duration.ofMillis(800));
    assertThat(scene.attempts.getFirst().tried()).isNull();
    assertThat(scene.outcomes()).isEmpty();
  }

  @Test
  void itDescribesItsPolicyAndItsState() {
    scene.see(60, Duration.ofMillis(40));

    assertThat(scene.link().describe())
        .contains("up to 2 more", "10.0 ms", "less than 4", "of 1000 left");
  }

  private RpcException failure(Scene.Callee callee) {
    return failure(callee, Duration.ofMillis(800));
  }

  private RpcException failure(Scene.Callee callee, Duration left) {
    return catchThrowableOfType(RpcException.class, () -> scene.run(scene.call(left), callee));
  }

  private static RpcException fault() {
    return new RpcException(RpcCode.UNAVAILABLE, "gone");
  }

  private static RpcException refusal() {
    return RpcException.refused(RpcCode.RESOURCE_EXHAUSTED, "full");
  }

  private static RpcException pushed(Pushback pushback) {
    return new RpcException(
        RpcCode.RESOURCE_EXHAUSTED, "full", null, Execution.NOT_EXECUTED, pushback);
  }
}

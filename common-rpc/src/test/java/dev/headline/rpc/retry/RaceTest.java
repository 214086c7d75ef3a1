package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A second attempt beside a slow one. */
class RaceTest {

  private static final Duration USUAL = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final CallPolicy HEDGED =
      CallPolicy.DEFAULT
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.AtPercentile(95, Duration.ZERO, Duration.ofSeconds(1), 50))
          .with(new BudgetPolicy(50, 1_000));

  private Scene scene = seen(HEDGED, true);
  private final AtomicReference<RpcCode> loser = new AtomicReference<>();

  @Test
  void theSecondAttemptWinsAndTheFirstIsCancelled() {
    String answer =
        scene.run(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                return "hedge " + attempt.attempt();
              }
              scene.time.advance(SLOW);
              throw untilCancelled();
            });

    assertThat(answer).isEqualTo("hedge 2");
    assertThat(loser).hasValue(RpcCode.CANCELLED);
    assertThat(scene.outcomes()).containsExactly("hedged");
  }

  @Test
  void theFirstAttemptWinsAndTheSecondIsCancelled() {
    var hedged = new CompletableFuture<Void>();
    String answer =
        scene.run(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                hedged.complete(null);
                throw untilCancelled();
              }
              scene.time.advance(SLOW);
              hedged.join();
              return "first";
            });

    assertThat(answer).isEqualTo("first");
    Awaitility.await().untilAsserted(() -> assertThat(loser).hasValue(RpcCode.CANCELLED));
  }

  @Test
  void anAttemptThatFailsWaitsForTheOther() {
    String answer =
        scene.run(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                return "hedge";
              }
              scene.time.advance(SLOW);
              throw new RpcException(RpcCode.UNAVAILABLE, "gone");
            });

    assertThat(answer).isEqualTo("hedge");
  }

  @Test
  void aSecondAttemptThatFailsLeavesTheFirstAlone() {
    var second = new CompletableFuture<RequestContext>();
    String answer =
        scene.run(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                second.complete(RequestContext.current());
                throw new RpcException(RpcCode.UNAVAILABLE, "gone");
              }
              scene.time.advance(SLOW);
              // Its part of the request is closed last of all, once its failure is dealt with.
              Awaitility.await().until(second.join()::isCancelled);
              RequestContext.current().check();
              return "first";
            });

    assertThat(answer).isEqualTo("first");
  }

  @Test
  void ifBothFailTheMoreTellingFailureIsThrownWithTheOther() {
    RpcException failure =
        scene.failure(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                throw RpcException.refused(RpcCode.RESOURCE_EXHAUSTED, "full");
              }
              scene.time.advance(SLOW);
              throw new RpcException(RpcCode.INTERNAL, "broken");
            });

    assertThat(failure).hasMessage("broken");
    assertThat(failure.getSuppressed()).singleElement().extracting("message").isEqualTo("full");
  }

  @Test
  void aRefusalOfThisChainDoesNotHideThatTheCalleeWasAsked() {
    RpcException failure =
        scene.failure(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                throw Scene.refusedHere(Pushback.NONE);
              }
              scene.time.advance(SLOW);
              throw Scene.refusal();
            });

    assertThat(failure).hasMessage("full");
    assertThat(failure.phase()).isNotNull();
  }

  @Test
  void ifBothFailWhatEitherWasToldAboutTryingAgainHolds() {
    RpcException failure =
        scene.failure(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                throw Scene.pushed(Pushback.NEVER);
              }
              scene.time.advance(SLOW);
              throw new RpcException(RpcCode.INTERNAL, "broken");
            });

    assertThat(failure).hasMessage("broken");
    assertThat(failure.pushback()).isEqualTo(Pushback.NEVER);
  }

  @Test
  void ofTwoDelaysTheLongerHolds() {
    var soon = new Pushback.After(Duration.ofMillis(1));
    var late = new Pushback.After(Duration.ofMillis(2));

    assertThat(Failures.stricter(soon, late)).isEqualTo(late);
    assertThat(Failures.stricter(late, soon)).isEqualTo(late);
    assertThat(Failures.stricter(Pushback.NONE, soon)).isEqualTo(soon);
    assertThat(Failures.stricter(soon, Pushback.NEVER)).isEqualTo(Pushback.NEVER);
  }

  @Test
  void whatTheWinnerWaitedForItsTurnTheCallHasWaited() {
    var call = scene.call(Duration.ofMillis(800));
    scene.run(
        call,
        attempt -> {
          if (attempt.kind() == AttemptKind.HEDGE) {
            attempt.addQueued(7);
            return "hedge";
          }
          attempt.addQueued(4);
          scene.time.advance(SLOW);
          throw untilCancelled();
        });

    assertThat(call.queuedNanos()).isEqualTo(11);
  }

  @Test
  void aSecondAttemptThatIsRefusedHereCostsTheBudgetNothing() {
    scene = seen(HEDGED.with(new BudgetPolicy(0, 5)), true);
    double before = scene.link().budget();
    for (int i = 0; i < 20; i++) {
      scene.failure(
          attempt -> {
            if (attempt.kind() == AttemptKind.HEDGE) {
              throw Scene.refusedHere(Pushback.NONE);
            }
            scene.time.advance(SLOW);
            throw new RpcException(RpcCode.INTERNAL, "broken");
          });
    }

    assertThat(scene.outcomes()).hasSize(20).containsOnly("hedged");
    assertThat(scene.link().budget()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void anAnswerThatSaysNoEndsTheRace() {
    RpcException failure =
        scene.failure(
            attempt -> {
              if (attempt.kind() == AttemptKind.HEDGE) {
                throw new RpcException(RpcCode.NOT_FOUND, "no such user");
              }
              scene.time.advance(SLOW);
              throw untilCancelled();
            });

    assertThat(failure).hasMessage("no such user");
    assertThat(loser).hasValue(RpcCode.CANCELLED);
  }

  @Test
  void afterBothHaveFailedARetryHasTheThirdNumberAndNoCompany() {
    scene = seen(HEDGED.with(RetryPolicy.DEFAULT), true);
    String answer =
        withoutWaiting(
            attempt -> {
              if (attempt.kind() == AttemptKind.RETRY) {
                return "retry " + attempt.attempt() + " of " + scene.attempts.size();
              }
              if (attempt.kind() == AttemptKind.FIRST) {
                scene.time.advance(SLOW);
              }
              throw new RpcException(RpcCode.UNAVAILABLE, "gone");
            });

    assertThat(answer).isEqualTo("retry 3 of 3");
  }

  /** Lets a pause of the call pass. */
  private String withoutWaiting(Scene.Callee callee) {
    var over = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!over.get()) {
                if (scene.outcomes().contains("retried")) {
                  scene.time.advance(Duration.ofMillis(1));
                }
                Thread.onSpinWait();
              }
            });
    try {
      return scene.run(callee);
    } finally {
      over.set(true);
    }
  }

  private RpcException untilCancelled() {
    var over = new CompletableFuture<Void>();
    try (var _ = RequestContext.current().onCancel(() -> over.complete(null))) {
      over.join();
    }
    RpcException failure = RequestContext.current().failure();
    loser.set(failure.code());
    return failure;
  }

  private static Scene seen(CallPolicy policy, boolean idempotent) {
    var scene = new Scene(policy, idempotent, true);
    scene.see(200, USUAL);
    return scene;
  }
}

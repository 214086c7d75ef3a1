package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Execution;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How much time attempts have, and how long a call waits between them. */
class RetryTimeTest {

  private Scene scene = new Scene(Scene.TWICE_MORE, true, false);

  @Test
  void aServerThatAsksForTimeGetsIt() {
    long start = scene.time.nanoTime();
    scene.run(
        attempt -> {
          if (attempt.attempt() == 1) {
            throw Scene.pushed(new Pushback.After(Duration.ofMillis(300)));
          }
          return "later";
        });

    assertThat(Duration.ofNanos(scene.time.nanoTime() - start)).hasMillis(300);
  }

  @Test
  void aServerThatAsksForMoreTimeThanThereIsIsNotAskedAgain() {
    scene.failure(
        attempt -> {
          throw Scene.pushed(new Pushback.After(Duration.ofMillis(801)));
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("Too little time");
  }

  @Test
  void whatTheLatestAttemptWasToldReachesTheCallerWithTheMoreTellingFailure() {
    var delay = new Pushback.After(Duration.ofMillis(801));
    RpcException failure =
        scene.failure(
            attempt -> {
              throw attempt.attempt() == 1 ? Scene.fault() : Scene.pushed(delay);
            });

    assertThat(failure).hasMessage("gone");
    assertThat(failure.pushback()).isEqualTo(delay);
  }

  @Test
  void aServerThatAsksNotToTryAgainIsObeyed() {
    scene.failure(
        attempt -> {
          throw Scene.pushed(Pushback.NEVER);
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("asked not to");
  }

  @Test
  void anAttemptThatWouldUsuallyBeTooLateIsNotMade() {
    scene.connected = 1;
    scene.see(60, Duration.ofMillis(40));
    scene.failure(
        attempt -> {
          scene.take(attempt, Duration.ofMillis(100));
          throw Scene.fault();
        },
        Duration.ofMillis(135));

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("Too little time");
  }

  @Test
  void anAttemptIsCutOffAsLongAsAnotherMayFollowAndTheLastHasAllThatIsLeft() {
    scene.failure(
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
  void whatRanOutOfAllTheTimeOfTheCallIsNotTriedInTheMarginThatIsLeft() {
    scene.connected = 1;
    scene.failure(
        attempt -> {
          scene.time.advance(Duration.ofMillis(700));
          throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "Of its own time nothing was left");
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.outcomes()).isEmpty();
  }

  @Test
  void whatRanOutOfTheTimeOfAPartIsTriedAgain() {
    scene.connected = 1;
    scene.failure(
        attempt -> {
          scene.time.advance(Duration.ofMillis(50));
          throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "Writing took too long");
        });

    assertThat(scene.attempts).hasSize(3);
  }

  @Test
  void anAttemptLeavesTheMarginForTheNextAlsoIfItIsCutOffLate() {
    scene.failure(
        attempt -> {
          throw new RpcException(RpcCode.NOT_FOUND, "no");
        },
        Duration.ofMillis(100));

    assertThat(scene.limits).containsExactly(Duration.ofMillis(95).minus(Timers.LATENESS));
  }

  @Test
  void noAttemptIsCutOffShorterThanAttemptsUsuallyTake() {
    scene = new Scene(Scene.TWICE_MORE.with(TimeoutPolicy.DEFAULT), true, false);
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
  void aRefusalAtTheLastMomentDoesNotHideThatAnEarlierAttemptMayHaveRun() {
    scene.connected = 1;
    RpcException failure =
        scene.failure(
            _ -> {
              if (scene.attempts.size() == 1) {
                throw Scene.fault();
              }
              scene.time.advance(Duration.ofSeconds(1));
              throw Scene.refusedHere(Pushback.NONE);
            });

    assertThat(failure).hasMessage("gone");
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @Test
  void norDoesTheEndOfTheRequest() {
    scene.connected = 1;
    try (var request = RequestContext.open(Origin.UNKNOWN, Duration.ofSeconds(20))) {
      RpcException failure =
          request
              .context()
              .call(
                  () ->
                      scene.failure(
                          _ -> {
                            if (scene.attempts.size() == 1) {
                              throw Scene.fault();
                            }
                            request.cancel("The client has left");
                            throw RequestContext.current().failure().notExecuted();
                          }));

      assertThat(failure.code()).isEqualTo(RpcCode.CANCELLED);
      assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    }
  }

  @Test
  void aPauseEndsAtOnceWhenTheRequestIsCancelled() {
    scene = new Scene(Scene.TWICE_MORE, true, true);
    try (var request = RequestContext.open(Origin.UNKNOWN, Duration.ofSeconds(20))) {
      RpcException failure =
          request
              .context()
              .call(
                  () ->
                      scene.failure(
                          attempt -> {
                            Thread.startVirtualThread(
                                () -> {
                                  while (scene.time.alarms() == 0) {
                                    Thread.onSpinWait();
                                  }
                                  request.cancel("The client has left");
                                });
                            throw Scene.pushed(new Pushback.After(Duration.ofMillis(300)));
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
}

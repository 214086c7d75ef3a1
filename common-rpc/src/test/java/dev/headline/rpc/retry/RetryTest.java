package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failures are followed by another attempt. */
class RetryTest {

  private Scene scene = new Scene(Scene.TWICE_MORE, true, false);

  @Test
  void aFaultIsFollowedByAnotherAttemptWithTheNextNumber() {
    String answer =
        scene.run(
            attempt -> {
              if (attempt.attempt() == 1) {
                throw Scene.fault();
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
        scene.failure(
            attempt -> {
              throw new RpcException(RpcCode.UNAVAILABLE, "gone " + attempt.attempt());
            });

    assertThat(failure).hasMessage("gone 3");
    assertThat(failure).hasCauseInstanceOf(RpcException.class);
    assertThat(Objects.requireNonNull(failure.getCause()).getSuppressed()).hasSize(1);
    assertThat(failure.pushback()).isEqualTo(Pushback.NEVER);
    assertThat(scene.outcomes()).containsExactly("retried", "retried", "retry denied");
  }

  @Test
  void aRefusalNeverHidesThatAnEarlierAttemptMayHaveBeenExecuted() {
    RpcException failure =
        scene.failure(
            attempt -> {
              throw attempt.attempt() == 1 ? Scene.fault() : Scene.refusal();
            });

    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void onlyFaultsAreTriedAgain(RpcCode code) {
    scene.failure(
        attempt -> {
          throw new RpcException(code, "no");
        });

    assertThat(scene.attempts).hasSize(code.isFault() ? 3 : 1);
  }

  @Test
  void aMethodThatIsNotIdempotentIsNeverSentAgainIfItMayHaveBeenExecuted() {
    scene = new Scene(Scene.TWICE_MORE, false, false);
    scene.failure(
        attempt -> {
          throw Scene.fault();
        });

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("not idempotent");
  }

  @Test
  void aMethodThatIsNotIdempotentIsSentElsewhereIfItWasNotExecuted() {
    scene = new Scene(Scene.TWICE_MORE, false, false);
    String answer =
        scene.run(
            attempt -> {
              if (attempt.attempt() == 1) {
                throw Scene.refusal();
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
                  scene.failure(
                      attempt -> {
                        throw Scene.fault();
                      }));
    }

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.limits.getFirst()).isEqualTo(Duration.ofMillis(800));
    assertThat(scene.reason()).contains("earlier hop");
  }

  @Test
  void withBothSwitchedOffTheCallPassesUntouched() {
    scene = new Scene(Scene.TWICE_MORE.with(new RetryPolicy.Off()), true, false);
    scene.failure(
        attempt -> {
          throw Scene.fault();
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

  @Test
  void aCallWhoseOwnDescriptorDoesNotSayThatItIsIdempotentIsTakenAtItsWord() {
    var call = scene.call(Duration.ofMillis(800));
    var write =
        new Call<>(
            call.method().toBuilder().setIdempotent(false).build(),
            call.request(),
            call.target(),
            call.headers());
    write.deadline(call.deadline());
    assertThatThrownBy(
            () ->
                scene.run(
                    write,
                    _ -> {
                      throw Scene.fault();
                    }))
        .hasMessage("gone");

    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.reason()).contains("not idempotent");
  }

  @Test
  void whatALinkBeneathHasRefusedForGoodIsItsDecisionAndNotThisOnes() {
    RpcException failure =
        scene.failure(
            _ -> {
              throw Scene.refusedHere(Pushback.NEVER);
            });

    assertThat(failure).hasMessage("not sent");
    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.outcomes()).isEmpty();
  }

  @Test
  void whatWasRefusedHereIsNoAttemptThatAnybodyElseCounts() {
    scene.run(
        attempt -> {
          if (scene.attempts.size() == 1) {
            throw Scene.refusedHere(Pushback.NONE);
          }
          assertThat(attempt.attempt()).isEqualTo(1);
          assertThat(attempt.kind()).isEqualTo(AttemptKind.FIRST);
          return "first";
        });

    assertThat(scene.attempts).hasSize(2);
  }

  @Test
  void aCallKnowsWhetherItWouldBeTriedAgain() {
    List<Boolean> repeatable = new ArrayList<>();
    scene.failure(
        attempt -> {
          repeatable.add(attempt.repeatable());
          throw Scene.fault();
        });

    assertThat(repeatable).containsExactly(true, true, false);
  }

  @Test
  void aBreakerThatOpensBetweenAttemptsEndsThemForAllHops() {
    RpcException failure =
        scene.failure(
            attempt -> {
              throw attempt.attempt() == 1 ? Scene.fault() : Scene.refusedHere(Pushback.NEVER);
            });

    assertThat(failure).hasMessage("gone").extracting("pushback").isEqualTo(Pushback.NEVER);
    assertThat(scene.outcomes()).containsExactly("retried");
  }
}

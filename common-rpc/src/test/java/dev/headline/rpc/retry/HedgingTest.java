package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When there is a second attempt beside a slow one, and when not. */
class HedgingTest {

  private static final Duration USUAL = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final CallPolicy HEDGED =
      CallPolicy.DEFAULT
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.AtPercentile(95, Duration.ZERO, Duration.ofSeconds(1), 50))
          .with(new BudgetPolicy(50, 1_000));

  private static final Instance ONE =
      new Instance(
          "user-service-1",
          "user-service",
          "default",
          new Address.InProcess("users"),
          Instance.DEFAULT_WEIGHT);

  private Scene scene = seen(HEDGED, true);

  @Test
  void anAttemptThatIsAsFastAsUsualGetsNoCompany() {
    scene.run(
        attempt -> {
          scene.time.advance(USUAL);
          return "first";
        });

    scene.time.advance(SLOW);
    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.outcomes()).isEmpty();
  }

  @Test
  void withOneInstanceThereIsNoSecondAttempt() {
    scene.connected = 1;
    assertAlone();
  }

  @Test
  void ifTheOtherInstanceIsGoneMeanwhileThatIsADecision() {
    scene.run(
        attempt -> {
          Objects.requireNonNull(attempt.tried()).add(ONE);
          scene.connected = 1;
          scene.time.advance(SLOW);
          return "first";
        });

    assertThat(scene.outcomes()).containsExactly("hedge denied");
  }

  @Test
  void anAttemptThatStillWaitsForItsTurnGetsNoCompany() {
    scene.picks = false;
    double before = scene.link().budget();

    assertAlone();

    assertThat(scene.link().budget()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void anAttemptThatHasWaitedGetsCompanyOnceItHasLeftForTooLong() {
    scene.picks = false;
    scene.run(
        attempt -> {
          if (attempt.kind() == AttemptKind.FIRST) {
            scene.time.advance(SLOW);
            assertThat(scene.outcomes()).isEmpty();
            scene.pick(attempt);
            scene.time.advance(SLOW);
          }
          return "any";
        });

    assertThat(scene.outcomes()).containsExactly("hedged");
  }

  @Test
  void aMethodThatIsNotIdempotentIsNeverSentTwice() {
    scene = seen(HEDGED, false);
    assertAlone();
  }

  @Test
  void aRequestThatAnEarlierHopTriesAgainIsNotSentTwice() {
    var origin =
        new Origin(Caller.UNKNOWN, Origin.UNKNOWN.priority(), true, Origin.UNKNOWN.baggage());
    try (var request = RequestContext.open(origin, Duration.ofSeconds(20))) {
      request.context().run(this::assertAlone);
    }
  }

  @Test
  void beforeEnoughIsKnownThereIsNoSecondAttempt() {
    scene = new Scene(HEDGED, true, true);
    assertAlone();
  }

  @Test
  void ifAllCallsAreSlowOnlyAShareOfThemIsSentTwice() {
    scene = seen(HEDGED.with(new HedgePolicy.AtPercentile(95, Duration.ZERO, USUAL, 5)), true);
    for (int i = 0; i < 1_000; i++) {
      scene.run(
          attempt -> {
            if (attempt.kind() == AttemptKind.FIRST) {
              scene.time.advance(SLOW);
            }
            return "any";
          });
    }
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(scene.attempts.stream().filter(each -> each.kind() == AttemptKind.HEDGE))
                    .hasSizeBetween(40, 60));
  }

  private void assertAlone() {
    scene.run(
        attempt -> {
          scene.time.advance(SLOW);
          return "first";
        });
    assertThat(scene.attempts).hasSize(1);
    assertThat(scene.outcomes()).isEmpty();
  }

  private static Scene seen(CallPolicy policy, boolean idempotent) {
    var scene = new Scene(policy, idempotent, true);
    scene.see(200, USUAL);
    return scene;
  }
}

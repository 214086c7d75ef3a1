package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Call;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever the policy and whatever attempts meet: one deadline rules them all. */
class RetryDeadlinesTest {

  @RepeatedTest(100)
  void noAttemptOutlivesTheCall(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    int retries = 1 + random.nextInt(5);
    var scene = new Scene(policy(random, retries), random.nextInt(4) > 0, false);
    for (int i = 0; i < 100; i++) {
      Call<?, ?> call = callOnce(scene, random);
      Deadline whole = Objects.requireNonNull(call.deadline());
      assertThat(whole.timeRemaining(TimeUnit.NANOSECONDS)).isGreaterThanOrEqualTo(0);
      assertThat(scene.attempts.size()).isBetween(1, 1 + retries);
      scene.attempts.clear();
    }
  }

  @Test
  void threeAttemptsThatHangEndWhenTheRequestDoes() {
    var scene = new Scene(policy(Duration.ofMillis(400), 2), true, false);
    var call = scene.call(Duration.ofMillis(300));
    long start = scene.time.nanoTime();
    try {
      scene.run(
          call,
          attempt -> {
            scene.take(attempt, Duration.ofMinutes(1));
            return "never";
          });
    } catch (RpcException e) {
      assertThat(e.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    }
    assertThat(Duration.ofNanos(scene.time.nanoTime() - start))
        .isBetween(Duration.ofMillis(290), Duration.ofMillis(300));
  }

  private static Call<?, ?> callOnce(Scene scene, Random random) {
    var call = scene.call(Duration.ofMillis(1 + random.nextInt(500)));
    Deadline whole = Objects.requireNonNull(call.deadline());
    try {
      scene.run(
          call,
          attempt -> {
            Deadline deadline = Objects.requireNonNull(attempt.deadline());
            assertThat(deadline.isExpired()).isFalse();
            assertThat(deadline.compareTo(whole)).isLessThanOrEqualTo(0);
            return meet(scene, attempt, random);
          });
    } catch (RpcException e) {
      assertThat(e.code().isFault()).isTrue();
    }
    return call;
  }

  private static String meet(Scene scene, Call<?, ?> attempt, Random random) {
    scene.take(attempt, Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 400 : 30)));
    if (random.nextBoolean()) {
      return "answer";
    }
    Pushback pushback =
        random.nextInt(3) == 0
            ? new Pushback.After(Duration.ofMillis(random.nextInt(200)))
            : Pushback.NONE;
    throw new RpcException(
        RpcCode.UNAVAILABLE,
        "gone",
        null,
        random.nextBoolean() ? Execution.NOT_EXECUTED : Execution.UNKNOWN,
        pushback);
  }

  private static CallPolicy policy(Random random, int retries) {
    return policy(Duration.ofMillis(1 + random.nextInt(300)), retries);
  }

  private static CallPolicy policy(Duration attempt, int retries) {
    return CallPolicy.DEFAULT
        .with(new HedgePolicy.Off())
        .with(TimeoutPolicy.DEFAULT.withAttempt(attempt))
        .with(new RetryPolicy.Backoff(retries, Duration.ofMillis(20), Duration.ofMillis(80)))
        .with(new BudgetPolicy(100, 1_000));
  }
}

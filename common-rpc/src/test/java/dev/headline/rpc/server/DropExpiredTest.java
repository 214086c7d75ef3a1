package dev.headline.rpc.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DropExpiredTest {

  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger handled = new AtomicInteger();
  private final DropExpired link = new DropExpired(now::get);
  private final Decisions decisions = new Decisions(InstantSource.system(), _ -> {});
  private final Target target =
      new Target(
          KEY, CallPolicy.DEFAULT, new RpcMeters(new SimpleMeterRegistry()).server(KEY), decisions);

  @Test
  void whatIsPastItsDeadlineIsAlwaysRefused() {
    for (int i = 0; i < 100; i++) {
      RpcException refusal = requireNonNull(call(Duration.ofMillis(-1), Duration.ofMillis(10)));

      assertThat(refusal.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
      assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    assertThat(handled).hasValue(0);
    assertThat(decisions.count()).isEqualTo(100);
  }

  @Test
  void whatNobodyWaitsForIsNotBegun() {
    try (var request =
        RequestContext.open(new Caller("gateway", "default"), Duration.ofSeconds(20))) {
      request.cancel("The client has left");
      RpcException refusal =
          requireNonNull(request.context().call(() -> call(null, Duration.ofMillis(10))));

      assertThat(refusal.code()).isEqualTo(RpcCode.CANCELLED);
    }
    assertThat(handled).hasValue(0);
  }

  @Test
  void whatHasLessTimeLeftThanItUsuallyTakesIsRefusedAndSaysSo() {
    learn(Duration.ofMillis(100), 200);

    RpcException refusal = requireNonNull(call(Duration.ofMillis(20), Duration.ofMillis(100)));

    assertThat(refusal).hasMessageContaining("It usually takes 1");
    assertThat(refusal.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(decisions.latest())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.link()).isEqualTo("DropExpired");
              assertThat(decision.outcome()).isEqualTo("too late");
            });
  }

  @Test
  void aFewSamplesAreNoReasonToRefuse() {
    learn(Duration.ofMillis(100), MedianEstimate.FEWEST_SAMPLES - 1);

    assertThat(call(Duration.ofMillis(20), Duration.ofMillis(100))).isNull();
  }

  @Test
  void anEstimateAloneRefusesAtMostEveryFifthCall() {
    learn(Duration.ofMillis(100), 1_000);
    handled.set(0);

    // Each is done in time all the same: the estimate is wrong, and stays so.
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      refused += call(Duration.ofMillis(20), Duration.ofMillis(100)) == null ? 0 : 1;
    }

    assertThat(refused).isBetween(1, 200 + Allowance.MOST_SAVED);
    assertThat(handled).hasValue(1_000 - refused);
  }

  @Test
  void anEstimateThatHasBecomeWrongIsCorrectedByTheCallsThatPass() {
    learn(Duration.ofMillis(100), 200);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      refused += call(Duration.ofMillis(20), Duration.ofMillis(1)) == null ? 0 : 1;
    }
    assertThat(refused).isPositive();

    for (int i = 0; i < 100; i++) {
      assertThat(call(Duration.ofMillis(20), Duration.ofMillis(1))).isNull();
    }
  }

  @Test
  void whatFailsFastDoesNotMakeTheEstimateSmall() {
    learn(Duration.ofMillis(100), 200);
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(
              () -> link.handle(call(Duration.ofMinutes(1)), new Handler(Duration.ZERO, true)))
          .isInstanceOf(RpcException.class);
    }

    assertThat(call(Duration.ofMillis(20), Duration.ofMillis(100))).isNotNull();
  }

  private void learn(Duration takes, int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(call(Duration.ofMinutes(1), takes)).isNull();
    }
  }

  /** The refusal of a call with so much time left, if it is refused. */
  private @Nullable RpcException call(@Nullable Duration left, Duration takes) {
    return catchThrowableOfType(
        RpcException.class, () -> link.handle(call(left), new Handler(takes, false)));
  }

  private Call<BatchGetRequest, BatchGetResponse> call(@Nullable Duration left) {
    var call =
        new Call<>(
            UserServiceGrpc.getBatchGetMethod(),
            BatchGetRequest.getDefaultInstance(),
            target,
            new Metadata());
    if (left != null) {
      call.deadline(Deadline.after(left.toNanos(), TimeUnit.NANOSECONDS));
    }
    return call;
  }

  private final class Handler implements Endpoint {

    private final Duration takes;
    private final boolean fails;

    Handler(Duration takes, boolean fails) {
      this.takes = takes;
      this.fails = fails;
    }

    // Every call here is of the one method.
    @SuppressWarnings("unchecked")
    @Override
    public <Q, R> R invoke(Call<Q, R> call) {
      handled.incrementAndGet();
      now.addAndGet(takes.toNanos());
      if (fails) {
        throw new RpcException(RpcCode.UNAVAILABLE, "Not now");
      }
      return (R) BatchGetResponse.getDefaultInstance();
    }
  }
}

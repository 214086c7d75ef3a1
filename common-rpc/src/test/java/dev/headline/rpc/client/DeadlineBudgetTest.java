package dev.headline.rpc.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineBudgetTest {

  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Endpoint NOBODY =
      new Endpoint() {
        @Override
        public <Q, R> R invoke(Call<Q, R> call) {
          throw RpcException.refused(RpcCode.UNAVAILABLE, "Nobody there");
        }
      };

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));

  @Test
  void theMarginLeavesSomethingAndNeverAddsAnything() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long left = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
      long margin = random.nextLong(1_000_000_001);

      long allowed = DeadlineBudget.lessMargin(left, margin);

      assertThat(allowed).isBetween(1L, left);
      assertThat(left - allowed).isLessThanOrEqualTo(margin);
    }
  }

  @Test
  void whoeverHasMoreTimeLeftMayUseNoLess() {
    long margin = 5_000_000;
    for (long left = 1; left < 20_000_000; left += 997) {
      assertThat(DeadlineBudget.lessMargin(left + 997, margin))
          .isGreaterThanOrEqualTo(DeadlineBudget.lessMargin(left, margin));
    }
  }

  @Test
  void theDeadlineIsNeverLaterThanThatOfTheRequestOrTheStubOrThePolicy() {
    var random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      Duration total = Duration.ofMillis(1 + random.nextInt(600_000));
      Deadline stub = Deadline.after(1 + random.nextInt(600_000), TimeUnit.MILLISECONDS);
      try (var request = open(Duration.ofMillis(60_000 + random.nextInt(600_000)))) {
        var call = call(stub);
        assertThat(call(request, call, TimeoutPolicy.ofTotal(total))).hasMessage("Nobody there");

        Deadline latest = Deadline.after(total.toNanos(), TimeUnit.NANOSECONDS);
        Deadline deadline = requireNonNull(call.deadline());
        assertThat(deadline).isLessThanOrEqualTo(latest).isLessThanOrEqualTo(stub);
        assertThat(deadline).isLessThan(request.context().deadline());
      }
    }
  }

  @Test
  void theMarginIsKeptBackOnlyOfWhatTheRequestHasLeft() {
    var policy =
        new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ofSeconds(1)).withTotal(LONG);
    Deadline stub = Deadline.after(30, TimeUnit.SECONDS);
    try (var request = open(Duration.ofHours(1))) {
      var call = call(stub);
      assertThat(call(request, call, policy)).hasMessage("Nobody there");

      assertThat(call.deadline()).isEqualTo(stub);
    }
  }

  @Test
  void whatIsOverIsRefusedBeforeAnybodySeesIt() {
    var call = call(Deadline.after(-1, TimeUnit.MILLISECONDS));
    try (var request = open(LONG)) {
      RpcException failure = call(request, call, TimeoutPolicy.DEFAULT);

      assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
  }

  @Test
  void everyCallIsEnteredIntoTheLedgerWithItsOutcome() {
    try (var request = open(LONG)) {
      assertThat(call(request, call(null), TimeoutPolicy.DEFAULT)).hasMessage("Nobody there");

      var ledger = requireNonNull(request.context().ledger());
      assertThat(ledger.soFar().calls())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.callee()).isEqualTo("user-service/default/BatchGet");
                assertThat(entry.outcome()).isEqualTo(RpcCode.UNAVAILABLE);
                assertThat(entry.attempts()).isEqualTo(0);
              });
    }
  }

  @Test
  void theLedgerIsAskedForOnlyIfSomebodyWantsIt() {
    try (var request = open(LONG)) {
      var before = call(null);
      assertThat(call(request, before, TimeoutPolicy.DEFAULT)).hasMessage("Nobody there");
      assertThat(before.headers().containsKey(Ledger.HEADER)).isFalse();

      var ledger = requireNonNull(request.context().ledger());
      ledger.want();
      var after = call(null);
      assertThat(call(request, after, TimeoutPolicy.DEFAULT)).hasMessage("Nobody there");
      assertThat(after.headers().containsKey(Ledger.HEADER)).isTrue();
    }
  }

  private static Scope open(Duration budget) {
    return RequestContext.open(GATEWAY, budget);
  }

  private static RpcException call(
      Scope request, Call<BatchGetRequest, BatchGetResponse> call, TimeoutPolicy policy) {
    return request
        .context()
        .call(
            () ->
                catchThrowableOfType(
                    RpcException.class, () -> new DeadlineBudget(policy).handle(call, NOBODY)));
  }

  private Call<BatchGetRequest, BatchGetResponse> call(@Nullable Deadline stub) {
    var target =
        new Target(
            KEY, CallPolicy.DEFAULT, governance.meters().client(KEY), governance.decisions());
    var call =
        new Call<>(
            UserServiceGrpc.getBatchGetMethod(),
            BatchGetRequest.getDefaultInstance(),
            target,
            new Metadata());
    call.deadline(stub);
    return call;
  }
}

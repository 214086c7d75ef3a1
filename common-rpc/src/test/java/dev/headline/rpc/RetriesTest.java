package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that fail, over the wire. */
@ParameterizedClass
@EnumSource
class RetriesTest extends OverEachTransport {

  private static final Duration ATTEMPT = Duration.ofMillis(120);

  private static final CallPolicy IN_TURNS =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, ATTEMPT, LONG, LONG, LONG, Duration.ofMillis(5)))
          .with(new HedgePolicy.Off())
          .with(new BalancePolicy.WeightedRoundRobin())
          .with(new BreakerPolicy.Off())
          .with(new EjectionPolicy.Off());

  private static final CallPolicy RETRIED = IN_TURNS.with(new BudgetPolicy(100, 1_000));

  private static final MethodDescriptor<BatchGetRequest, BatchGetResponse> WRITE =
      UserServiceGrpc.getBatchGetMethod().toBuilder()
          .setFullMethodName("headline.test.WriteService/Write")
          .setSafe(false)
          .setIdempotent(false)
          .build();

  private final Users second = new Users();
  private final AtomicInteger written = new AtomicInteger();
  private int warmUp;

  RetriesTest(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void retry() throws IOException {
    startAnew(RETRIED);
  }

  @Test
  void aCallThatFailsOnOneInstanceIsAnsweredByAnother() {
    users.answer =
        request -> {
          throw gone();
        };

    for (int i = 0; i < 20; i++) {
      assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    }
    assertThat(second.calls).hasValue(20);
    assertThat(users.calls).hasPositiveValue();
  }

  @Test
  void anInstanceThatHangsCostsOneAttemptAndItsHandlerIsCancelled() {
    var ended = new AtomicBoolean();
    users.answer =
        request -> {
          try {
            return untilCancelled(request);
          } finally {
            ended.set(true);
          }
        };

    Awaitility.await()
        .until(
            () -> {
              assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
              return users.calls.get() > 0;
            });
    Awaitility.await().untilTrue(ended);
  }

  @Test
  void whatACallerAsksWronglyIsAskedOnce() {
    users.answer = RetriesTest::unknown;
    second.answer = RetriesTest::unknown;

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.NOT_FOUND);
    assertThat(users.calls.get() + second.calls.get()).isEqualTo(1);
  }

  @Test
  void aRetryIsNotRetriedByTheNextHop() {
    users.answer = this::behind;
    second.answer = this::behind;

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.UNAVAILABLE);
    // Two attempts of the first hop; the second of them says what it is, and so asks once.
    assertThat(users.calls.get() + second.calls.get()).isEqualTo(2 + 1);
  }

  @Test
  void aCalleeThatFailsEveryCallGetsATenthMoreAndTheFloor() throws IOException {
    long start = System.nanoTime();
    startAnew(IN_TURNS);
    users.answer =
        request -> {
          throw gone();
        };
    second.answer = users.answer;
    for (int i = 0; i < 400; i++) {
      failureOfCall();
    }
    double share = 0.1 * (warmUp + 400);
    double floor = 3 + 3 * (System.nanoTime() - start) / 1e9;

    assertThat(users.calls.get() + second.calls.get() - 400)
        .isGreaterThanOrEqualTo(40)
        .isLessThanOrEqualTo((int) (share + floor));
  }

  @Test
  void meteringAboveRetryCountsACallOnceHoweverManyAttemptsItTakes() {
    users.answer =
        request -> {
          throw gone();
        };
    Awaitility.await()
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              return users.calls.get() >= 3;
            });

    assertThat(pair.series(RpcMeters.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=OK")
        .endsWith(" " + (warmUp + second.calls.get()));
  }

  @Test
  void deadlineBudgetAboveRetryBoundsAllAttemptsTogether() {
    users.answer = OverEachTransport::untilCancelled;
    second.answer = OverEachTransport::untilCancelled;
    long start = System.nanoTime();
    try (var request = Pair.request(Duration.ofMillis(300))) {
      request
          .context()
          .run(() -> assertThat(failureOfCall().code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED));
    }

    assertThat(users.calls.get() + second.calls.get()).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aMethodThatIsNotIdempotentIsCalledOnce() throws IOException {
    try (var server =
        new GovernedServer(
            Pair.USER_SERVICE, address(), List.of(writes()), pair.governance, false)) {
      pair.directory.register(
          new Instance(
              "writes", "write-service", "default", server.start(), Instance.DEFAULT_WEIGHT));
      var channel = pair.clients.channel("write-service");
      Awaitility.await().until(() -> pair.clients.isReady("write-service"));

      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(channel, WRITE, CallOptions.DEFAULT, Users.ask(1)));
      assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(written).hasValue(1);
    }
  }

  private BindableService writes() {
    return () ->
        ServerServiceDefinition.builder("headline.test.WriteService")
            .addMethod(
                WRITE,
                ServerCalls.asyncUnaryCall(
                    (request, observer) -> {
                      written.incrementAndGet();
                      throw gone();
                    }))
            .build();
  }

  /** Fails at once at first, and at the second attempt as what is behind it fails. */
  private BatchGetResponse behind(BatchGetRequest request) {
    if (request.getIds(0) == 1 && RequestContext.current().origin().retried()) {
      return pair.stub.batchGet(Users.ask(2));
    }
    throw gone();
  }

  private void startAnew(CallPolicy policy) throws IOException {
    pair.close();
    pair = new Pair(policy);
    serve();
    pair.serve(second, address());
    awaitBoth();
  }

  private void awaitBoth() {
    warmUp = 0;
    Awaitility.await()
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              warmUp++;
              return users.calls.get() > 0 && second.calls.get() > 0;
            });
    users.calls.set(0);
    second.calls.set(0);
  }

  private static BatchGetResponse unknown(BatchGetRequest request) {
    throw new RpcException(RpcCode.NOT_FOUND, "No such user");
  }

  private static RpcException gone() {
    return new RpcException(RpcCode.UNAVAILABLE, "Gone");
  }
}

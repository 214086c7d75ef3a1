package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server under more than it bears. Its limit is ten: eight for what is ordinary, five for what
 * can wait.
 */
@ParameterizedClass
@EnumSource
class LoadSheddingTest extends OverEachTransport {

  private static final CallPolicy TEN =
      CallPolicy.within(LONG)
          .with(new AdmissionPolicy.Adaptive(10, 10, 10, 50))
          .with(new RetryPolicy.Off());

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  private final CountDownLatch finish = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  LoadSheddingTest(Transport transport) {
    super(transport);
    pair = new Pair(TEN);
    users.answer = this::hold;
  }

  @AfterEach
  void letGo() {
    finish.countDown();
    callers.close();
  }

  @Test
  void whatIsTooMuchReachesNoHandlerAndMayBeSentAgainAfterAMoment() {
    fill(Priority.DEFAULT, 8);

    RpcException refusal = failureOfCall();

    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback())
        .isInstanceOfSatisfying(
            Pushback.After.class,
            after ->
                assertThat(after.delay()).isBetween(Duration.ofMillis(10), Duration.ofMillis(50)));
    assertThat(refusal).hasMessageContaining("its limit is 10");
    assertThat(users.calls).hasValue(8);
  }

  @Test
  void theLessItMattersTheSoonerItIsRefused() {
    fill(Priority.BATCH, 5);
    assertThat(codeOf(Priority.BATCH)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    fill(Priority.CRITICAL, 10);
    assertThat(codeOf(Priority.CRITICAL)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(users.calls).hasValue(10);
  }

  @Test
  void whatIsCriticalIsServedWhileTheRestIsRefused() {
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.BATCH)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    users.answer = Users::everybody;

    for (int i = 0; i < 50; i++) {
      assertThat(codeOf(Priority.CRITICAL)).isEqualTo(RpcCode.OK);
      assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void aRefusedCallCostsNoThread() {
    var counted = new AtomicReference<Thread>();
    pair.meters
        .config()
        .onMeterAdded(
            meter -> {
              if (meter.getId().getName().equals(RpcMeters.SERVER_DURATION)
                  && "RESOURCE_EXHAUSTED".equals(meter.getId().getTag("code"))) {
                counted.set(Thread.currentThread());
              }
            });
    fill(Priority.DEFAULT, 8);

    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);

    assertThat(counted.get())
        .isNotNull()
        .matches(thread -> !thread.isVirtual(), "is no virtual thread");
  }

  @Test
  void aMethodWithoutAdmissionTakesNoRoomAndNeedsNone() throws IOException {
    pair.close();
    pair =
        new Pair(
            new PolicyTable(
                TEN,
                PolicyDocument.read(
                    "test",
                    """
                    rules:
                      - match: {to: user-service, method: BatchGet}
                        admission: off
                    """)));
    serve();
    fill(Priority.BATCH, 12);

    assertThatThrownBy(() -> pair.stub.listFollowing(ListFollowingRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @Test
  void healthIsToldHoweverMuchThereIsToDo() {
    fill(Priority.CRITICAL, 10);
    ManagedChannel plain = Channels.open(pair.addresses.getFirst());
    try {
      assertThat(
              HealthGrpc.newBlockingStub(plain)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    } finally {
      plain.shutdownNow();
    }
  }

  @Test
  void anotherCallerGetsTheNextPlaceOfOneThatHasMoreThanItsShare() {
    fill(Priority.DEFAULT, 8);
    var search = new Caller("search", "default");
    try (var clients = new Clients(search, pair.directory, pair.governance);
        var request = RequestContext.open(search, LONG)) {
      Awaitility.await().until(() -> clients.isReady("user-service"));
      var stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
      assertThat(request.context().call(() -> codeOf(stub))).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
      finish.countDown();
      Awaitility.await()
          .until(() -> request.context().call(() -> codeOf(stub)), RpcCode.OK::equals);
    }
  }

  @Test
  void howeverCallsEndTheirPlacesAreFreeAgain() {
    var random = new Random(7);
    users.answer = request -> storm(new Random(request.getIds(0)));
    try (var leaving = new Clients(Pair.GATEWAY, pair.directory, pair.governance)) {
      Awaitility.await().until(() -> leaving.isReady("user-service"));
      var stub = UserServiceGrpc.newBlockingStub(leaving.channel("user-service"));
      List<Future<RpcCode>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Priority priority = PRIORITIES.get(random.nextInt(3));
        var budget = Duration.ofMillis(1 + random.nextInt(40));
        long seed = 1 + random.nextLong(1_000_000);
        var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), budget);
        calls.add(callers.submit(() -> request.context().call(() -> codeOf(stub, seed))));
        if (random.nextInt(4) == 0) {
          request.cancel("The client has left");
        }
      }
      // The last ones lose their connection.
      calls.subList(0, 350).forEach(LoadSheddingTest::join);
    }
    assertThat(peak.get()).isLessThanOrEqualTo(10);

    Awaitility.await().until(() -> inside.get() == 0);
    users.answer = this::hold;
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
  }

  private BatchGetResponse storm(Random random) {
    enter();
    try {
      return switch (random.nextInt(4)) {
        case 0 -> Users.named("done");
        case 1 -> throw new RpcException(RpcCode.NOT_FOUND, "No such user");
        case 2 -> throw new IllegalStateException("unexpected");
        default -> untilCancelled(BatchGetRequest.getDefaultInstance());
      };
    } finally {
      inside.decrementAndGet();
    }
  }

  private BatchGetResponse hold(BatchGetRequest request) {
    enter();
    try {
      await(finish);
      return Users.everybody(request);
    } finally {
      inside.decrementAndGet();
    }
  }

  private void enter() {
    int now = inside.incrementAndGet();
    peak.accumulateAndGet(now, Math::max);
  }

  /** Calls until so many are inside, of whatever priority. */
  private void fill(Priority priority, int until) {
    while (inside.get() < until) {
      int before = inside.get();
      var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), LONG);
      Future<RpcCode> call = callers.submit(() -> request.context().call(() -> codeOf(pair.stub)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> inside.get() > before || call.isDone());
    }
  }

  private static void join(Future<?> call) {
    try {
      call.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private RpcCode codeOf(Priority priority) {
    try (var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), LONG)) {
      return request.context().call(() -> codeOf(pair.stub));
    }
  }

  private static RpcCode codeOf(UserServiceGrpc.UserServiceBlockingStub stub) {
    return codeOf(stub, 1);
  }

  private static RpcCode codeOf(UserServiceGrpc.UserServiceBlockingStub stub, long id) {
    try {
      var _ = stub.batchGet(Users.ask(id));
      return RpcCode.OK;
    } catch (RuntimeException e) {
      return RpcException.from(e).code();
    }
  }
}

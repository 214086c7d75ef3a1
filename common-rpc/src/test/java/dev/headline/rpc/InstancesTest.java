package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of several instances a call goes to, and how one leaves. */
@ParameterizedClass
@EnumSource
class InstancesTest extends OverEachTransport {

  InstancesTest(Transport transport) {
    super(transport);
    pair.close();
    pair = new Pair(CallPolicy.within(LONG).with(new BalancePolicy.WeightedRoundRobin()));
  }

  @Test
  void callsGoRoundAllInstances() throws IOException {
    var second = new Users();
    pair.serve(second, address());
    Awaitility.await()
        .untilAsserted(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              assertThat(second.calls).hasPositiveValue();
            });
    users.calls.set(0);
    second.calls.set(0);

    for (int i = 0; i < 10; i++) {
      pair.stub.batchGet(Users.ask(1));
    }

    assertThat(users.calls).hasValue(5);
    assertThat(second.calls).hasValue(5);
  }

  @Test
  void anInstanceThatDiedIsPassedOverWhileItIsStillListed() throws IOException {
    GovernedServer doomed = pair.serve(new Users(), address());
    doomed.close();
    awaitFiveAnswersInARow();

    users.calls.set(0);
    for (int i = 0; i < 20; i++) {
      pair.stub.batchGet(Users.ask(1));
    }
    assertThat(users.calls).hasValue(20);
  }

  @Test
  void theShareOfAnInstanceThatDiedGoesToAllOthersAlike() throws IOException {
    GovernedServer doomed = pair.serve(new Users(), address());
    var third = new Users();
    pair.serve(third, address());
    doomed.close();
    Awaitility.await()
        .untilAsserted(
            () -> {
              awaitFiveAnswersInARow();
              assertThat(third.calls).hasPositiveValue();
            });

    users.calls.set(0);
    third.calls.set(0);
    for (int i = 0; i < 12; i++) {
      pair.stub.batchGet(Users.ask(1));
    }
    assertThat(users.calls).hasValue(6);
    assertThat(third.calls).hasValue(6);
  }

  private void awaitFiveAnswersInARow() {
    var answered = new AtomicInteger();
    Awaitility.await()
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(
            () -> {
              int before = answered.getAndSet(0);
              pair.stub.batchGet(Users.ask(1));
              return answered.addAndGet(before + 1) == 5;
            });
  }

  @Test
  void aServiceWithoutInstancesIsUnavailable() {
    var stub = UserServiceGrpc.newBlockingStub(pair.clients.channel("nobody"));

    var failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> stub.batchGet(Users.ask(1)));
    assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.UNAVAILABLE);
  }

  @Test
  void drainingLetsACallFinish() throws Exception {
    var arrived = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    var second = new Users();
    second.answer =
        request -> {
          arrived.countDown();
          await(finish);
          return Users.everybody(request);
        };
    try (var other = new Pair(CallPolicy.within(LONG))) {
      GovernedServer server = other.serve(second, address());
      Fork<Integer> call =
          RequestContext.current().fork(() -> other.stub.batchGet(Users.ask(1)).getUsersCount());
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      Thread drain = Thread.startVirtualThread(() -> server.drain(LONG));
      Awaitility.await().until(() -> !takesCalls(other));
      assertThat(drain.isAlive()).isTrue();
      finish.countDown();
      assertThat(call.join()).isEqualTo(1);
      drain.join();
    }
  }

  @Test
  void drainingWaitsForAHandlerWhoseCallerHasGone() throws Exception {
    var finish = new CountDownLatch(1);
    try (var other = new Pair(PATIENT)) {
      GovernedServer server = withHandlerThatIsOut(other, finish);

      Thread drain = Thread.startVirtualThread(() -> server.drain(LONG));
      assertThat(drain.join(Duration.ofMillis(700))).isFalse();
      finish.countDown();

      assertThat(drain.join(LONG)).isTrue();
    }
  }

  @Test
  void drainingDoesNotWaitForEverForAHandlerThatDoesNotListen() throws Exception {
    var finish = new CountDownLatch(1);
    try (var other = new Pair(PATIENT)) {
      GovernedServer server = withHandlerThatIsOut(other, finish);

      Thread drain = Thread.startVirtualThread(() -> server.drain(Duration.ofMillis(50)));

      assertThat(drain.join(Duration.ofSeconds(10))).isTrue();
    } finally {
      finish.countDown();
    }
  }

  /** A server on which one handler goes on, although nobody waits for it any more. */
  private GovernedServer withHandlerThatIsOut(Pair other, CountDownLatch finish)
      throws IOException {
    var arrived = new CountDownLatch(1);
    var deaf = new Users();
    deaf.answer =
        request -> {
          arrived.countDown();
          await(finish);
          return Users.everybody(request);
        };
    GovernedServer server = other.serve(deaf, address());
    try (var request = Pair.request(LONG)) {
      Fork<Integer> call =
          request.context().fork(() -> other.stub.batchGet(Users.ask(1)).getUsersCount());
      await(arrived);
      request.cancel("Enough");
      assertThat(catchThrowableOfType(RuntimeException.class, call::join)).isNotNull();
    }
    return server;
  }

  private static boolean takesCalls(Pair other) {
    try (var request = Pair.request(Duration.ofMillis(500))) {
      request
          .context()
          .call(() -> other.stub.listFollowing(ListFollowingRequest.getDefaultInstance()));
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.UNIMPLEMENTED;
    }
  }
}

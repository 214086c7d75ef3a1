package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.user.v1.BatchGetResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a call, and of the work for it, when nobody waits for it any more. */
@ParameterizedClass
@EnumSource
class EndedCallsTest extends OverEachTransport {

  EndedCallsTest(Transport transport) {
    super(transport);
  }

  @Test
  void theDeadlineEndsTheCallAndTheHandlersWork() throws Exception {
    var seen = new AtomicReference<RpcCode>();
    users.answer =
        request -> {
          try {
            return untilCancelled(request);
          } catch (RpcException e) {
            seen.set(e.code());
            throw e;
          }
        };

    try (var request = Pair.request(Duration.ofMillis(200))) {
      RpcException failure = request.context().call(this::failureOfCall);
      assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    }
    // Either the deadline that travelled or the caller's reset arrives first; both end the work.
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(seen.get()).isIn(RpcCode.DEADLINE_EXCEEDED, RpcCode.CANCELLED));
  }

  @Test
  void aCallerThatLeavesEndsTheHandlersWork() throws Exception {
    var arrived = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    users.answer =
        request -> {
          arrived.countDown();
          try {
            return untilCancelled(request);
          } finally {
            ended.countDown();
          }
        };

    try (var request = Pair.request(LONG)) {
      Fork<BatchGetResponse> call = request.context().fork(() -> pair.stub.batchGet(Users.ask(1)));
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      request.cancel("The client has left");
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(RpcException.from(catchThrowable(call::join)).code()).isEqualTo(RpcCode.CANCELLED);
    }
  }

  @Test
  void aRequestThatIsOverSendsNothing() {
    try (var request = Pair.request(LONG)) {
      request.cancel("The client has left");
      assertThat(request.context().call(this::failureOfCall).code()).isEqualTo(RpcCode.CANCELLED);
    }
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void manyCancelledCallsCostNoOtherCallItsConnection() throws Exception {
    startAnew(new Pair(CallPolicy.within(LONG).with(new AdmissionPolicy.Off())));
    var arrived = new CountDownLatch(301);
    var ended = new CountDownLatch(300);
    var finish = new CountDownLatch(1);
    users.answer =
        request -> {
          arrived.countDown();
          if (request.getIds(0) == 7) {
            await(finish);
            return Users.everybody(request);
          }
          try {
            return untilCancelled(request);
          } finally {
            ended.countDown();
          }
        };

    Fork<Integer> patient =
        RequestContext.current().fork(() -> pair.stub.batchGet(Users.ask(7)).getUsersCount());
    try (var request = Pair.request(LONG)) {
      for (int i = 0; i < 300; i++) {
        var _ = request.context().fork(() -> pair.stub.batchGet(Users.ask(1)));
      }
      await(arrived);
      request.cancel("The client has left");
    }
    await(ended);
    finish.countDown();
    assertThat(patient.join()).isEqualTo(1);
  }

  @Test
  void anInterruptedCallerWaitsWithoutSpinning() {
    Thread caller = Thread.currentThread();
    var waited = new AtomicBoolean();
    users.answer =
        request -> {
          // As long as its flag is up, it wakes up again at once.
          Awaitility.await()
              .until(() -> !caller.isInterrupted() && caller.getState() == Thread.State.WAITING);
          waited.set(true);
          return Users.everybody(request);
        };
    caller.interrupt();
    RpcException failure;
    try (var request = Pair.request(LONG)) {
      failure = request.context().call(this::failureOfCall);
    }

    assertThat(Thread.interrupted()).isTrue();
    // The stub, not the wait, gives up when it sees the flag.
    assertThat(failure.code()).isEqualTo(RpcCode.CANCELLED);
    assertThat(waited).isTrue();
  }
}

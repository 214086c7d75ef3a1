package dev.headline.rpc;

import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/**
 * A server whose limit is ten: eight for what is ordinary, five for what can wait. Its handler
 * holds on to every call until it is let go.
 */
abstract class OverLimit extends OverEachTransport {

  static final CallPolicy TEN =
      CallPolicy.within(LONG)
          .with(new AdmissionPolicy.Adaptive(10, 10, 10, 50))
          .with(new RetryPolicy.Off());

  final CountDownLatch finish = new CountDownLatch(1);
  final AtomicInteger inside = new AtomicInteger();
  final AtomicInteger peak = new AtomicInteger();
  final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  OverLimit(Transport transport) {
    super(transport);
    pair = new Pair(TEN);
    users.answer = this::hold;
  }

  @AfterEach
  void letGo() {
    finish.countDown();
    callers.close();
  }

  BatchGetResponse hold(BatchGetRequest request) {
    enter();
    try {
      await(finish);
      return Users.everybody(request);
    } finally {
      inside.decrementAndGet();
    }
  }

  void enter() {
    int now = inside.incrementAndGet();
    peak.accumulateAndGet(now, Math::max);
  }

  /** Calls until so many are inside, of whatever priority. */
  void fill(Priority priority, int until) {
    while (inside.get() < until) {
      int before = inside.get();
      var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), LONG);
      Future<RpcCode> call = callers.submit(() -> request.context().call(() -> codeOf(pair.stub)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> inside.get() > before || call.isDone());
    }
  }

  RpcCode codeOf(Priority priority) {
    try (var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), LONG)) {
      return request.context().call(() -> codeOf(pair.stub));
    }
  }

  static RpcCode codeOf(UserServiceGrpc.UserServiceBlockingStub stub) {
    return codeOf(stub, 1);
  }

  static RpcCode codeOf(UserServiceGrpc.UserServiceBlockingStub stub, long id) {
    try {
      var _ = stub.batchGet(Users.ask(id));
      return RpcCode.OK;
    } catch (RuntimeException e) {
      return RpcException.from(e).code();
    }
  }
}

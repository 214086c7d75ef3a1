package dev.headline.rpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client, and servers that it calls over one kind of address. Each test runs over each kind. */
abstract class OverEachTransport {

  static final Duration LONG = Duration.ofSeconds(20);

  /** No part of a call is in a hurry: the first one of a JVM that is busy is slow in each. */
  static final CallPolicy PATIENT =
      CallPolicy.DEFAULT.with(
          new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, TimeoutPolicy.DEFAULT.margin()));

  final Users users = new Users();
  private final Transport transport;
  Pair pair = new Pair(PATIENT);

  OverEachTransport(Transport transport) {
    this.transport = transport;
  }

  /** A new address of the kind under test, to listen at. */
  Address address() throws IOException {
    return transport.address();
  }

  @BeforeEach
  void serve() throws IOException {
    pair.serve(users, address());
  }

  @AfterEach
  void close() {
    pair.close();
  }

  /** Goes on with another client and another server, which know nothing of the ones before. */
  void startAnew(Pair anew) throws IOException {
    pair.close();
    pair = anew;
    serve();
  }

  RpcException failureOfCall() {
    return RpcException.from(
        catchThrowableOfType(StatusRuntimeException.class, () -> pair.stub.batchGet(Users.ask(1))));
  }

  static BatchGetResponse untilCancelled(BatchGetRequest request) {
    var over = new CountDownLatch(1);
    try (var _ = RequestContext.current().onCancel(over::countDown)) {
      await(over);
    }
    throw RequestContext.current().failure();
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(15, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nothing happened in 15 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nothing here may be interrupted", e);
    }
  }

  static long remainingMillis() {
    var deadline = RequestContext.current().deadline();
    return deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS);
  }
}

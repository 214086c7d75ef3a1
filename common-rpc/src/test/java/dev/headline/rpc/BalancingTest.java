package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.balance.SlowStart;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.server.GovernedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How calls are spread over instances that differ, and when an instance begins to take part. */
@ParameterizedClass
@EnumSource
class BalancingTest extends OverEachTransport {

  private static final CallPolicy ROUND =
      onlyBalanced().with(new BalancePolicy.WeightedRoundRobin());

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private final Users second = new Users();

  BalancingTest(Transport transport) {
    super(transport);
  }

  /** Another client under another policy, of two instances of the given weights. */
  private void begin(Pair other, int weight, int weightOfSecond) throws IOException {
    pair.close();
    pair = other;
    pair.serve(users, address(), weight);
    pair.serve(second, address(), weightOfSecond);
    awaitCallsOf(second);
  }

  private void awaitCallsOf(Users awaited) {
    awaited.calls.set(0);
    Awaitility.await()
        .untilAsserted(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              assertThat(awaited.calls).hasPositiveValue();
            });
    users.calls.set(0);
    second.calls.set(0);
  }

  private void call(int times) {
    for (int i = 0; i < times; i++) {
      pair.stub.batchGet(Users.ask(1));
    }
  }

  @Test
  void anInstanceOfThriceTheWeightGetsThriceTheCalls() throws IOException {
    begin(new Pair(ROUND), 100, 300);

    call(400);

    // The first round may have begun before the count.
    assertThat(users.calls.get()).isBetween(99, 101);
    assertThat(users.calls.get() + second.calls.get()).isEqualTo(400);
  }

  @Test
  void anInstanceThatIsNewTakesItsShareSlowly() throws IOException {
    begin(new Pair(ROUND, new SlowStart(Duration.ofHours(1))), 100, 100);

    call(200);

    // A tenth of the weight of the other is an eleventh of all.
    assertThat(second.calls.get()).isBetween(17, 21);
  }

  @Test
  void aSlowInstanceGetsFewerCallsByLatency() throws Exception {
    begin(
        new Pair(onlyBalanced().with(new BalancePolicy.PeakEwma(Duration.ofSeconds(1)))), 100, 100);
    second.answer =
        request -> {
          CompletableFuture.runAsync(() -> {}, LATER).join();
          return Users.everybody(request);
        };

    List<Fork<Boolean>> callers =
        IntStream.range(0, 4)
            .mapToObj(_ -> RequestContext.current().fork(this::callFifty))
            .toList();
    callers.forEach(Fork::join);

    assertThat(second.calls.get()).isLessThan(200 / 4);
  }

  private boolean callFifty() {
    call(50);
    return true;
  }

  @Test
  void callsOfTheSameBaggageGoToTheSameInstance() throws IOException {
    begin(new Pair(onlyBalanced().with(new BalancePolicy.ConsistentHash("user"))), 100, 100);

    for (int user = 0; user < 40; user++) {
      int before = users.calls.get();
      for (int i = 0; i < 3; i++) {
        callFor("user-" + user);
      }
      assertThat(users.calls.get() - before).isIn(0, 3);
    }

    assertThat(users.calls).hasPositiveValue();
    assertThat(second.calls).hasPositiveValue();
  }

  private void callFor(String user) {
    Origin origin = Origin.of(Pair.GATEWAY).with(Baggage.EMPTY.withPersistent("user", user));
    try (var request = RequestContext.open(origin, LONG)) {
      request.context().run(() -> pair.stub.batchGet(Users.ask(1)));
    }
  }

  @Test
  void anInstanceGetsNoCallBeforeItIsConnected() throws IOException {
    Address address = addressOfNobody();
    pair.register("user-service-2", address);

    call(50);
    assertThat(users.calls).hasValue(50);

    pair.server(second, address).start();
    awaitCallsOf(second);
  }

  @Test
  void aCallWaitsForAConnectionAsLongAsItsPolicyAllows() throws IOException {
    Duration connect = Duration.ofMillis(30);
    Address address = addressOfNobody();
    try (var other = new Pair(connectingWithin(connect))) {
      other.register("user-service-1", address);
      pair.close();
      pair = other;

      RpcException failure = failureOfCall();

      assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(failure)
          .hasMessage(
              "None of the 1 instance(s) of user-service in cluster default was connected within 30 ms");
    }
  }

  @Test
  void aCallThatWaitsIsAnsweredOnceThereIsAConnection() throws IOException {
    Address address = addressOfNobody();
    try (var other = new Pair(connectingWithin(LONG))) {
      other.register("user-service-1", address);
      Fork<Integer> call =
          RequestContext.current().fork(() -> other.stub.batchGet(Users.ask(1)).getUsersCount());

      other.server(second, address).start();

      assertThat(call.join()).isEqualTo(1);
    }
  }

  /** One attempt for each call, so that calls can be counted. */
  private static CallPolicy onlyBalanced() {
    return CallPolicy.within(LONG).with(new RetryPolicy.Off()).with(new HedgePolicy.Off());
  }

  private static CallPolicy connectingWithin(Duration connect) {
    TimeoutPolicy usual = TimeoutPolicy.ofTotal(LONG);
    return CallPolicy.DEFAULT.with(
        new TimeoutPolicy(
            usual.total(), usual.attempt(), connect, usual.write(), usual.read(), usual.margin()));
  }

  /** An address that somebody has listened at, and may again. */
  private Address addressOfNobody() throws IOException {
    try (GovernedServer gone = pair.server(second, address())) {
      return gone.start();
    }
  }
}

package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds over several services in a row: deadlines, cancellation, and who spent the time. */
@ParameterizedClass
@EnumSource
class HopsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  // A margin that also a cold and busy machine answers within, and one attempt to account for.
  private static final CallPolicy POLICY =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ofMillis(100)))
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.Off());

  private final Transport transport;
  private Hops hops;

  HopsTest(Transport transport) throws IOException {
    this.transport = transport;
    this.hops = new Hops(transport, POLICY);
  }

  @BeforeEach
  void warm() {
    hops.last(Users::everybody);
    assertThat(hops.first.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    hops.arrived.set(0);
  }

  @AfterEach
  void close() {
    hops.close();
  }

  @Test
  void eachHopHasLessTimeThanTheOneBeforeIt() {
    List<Long> left = Collections.synchronizedList(new ArrayList<>());
    for (Users service : hops.services) {
      var answer = service.answer;
      service.answer =
          request -> {
            left.add(remaining());
            return answer.apply(request);
          };
    }

    try (var request = Pair.request(Duration.ofSeconds(10))) {
      var _ = request.context().call(() -> hops.first.batchGet(Users.ask(1)));
    }

    assertThat(left).hasSize(3).isSortedAccordingTo((one, next) -> Long.compare(next, one));
    assertThat(left.get(0)).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    // Each keeps back its margin.
    assertThat(left.get(0) - left.get(2))
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
  }

  @Test
  void aClientThatLeavesEndsTheWorkOfEveryHop() {
    hops.last(OverEachTransport::untilCancelled);

    try (var request = Pair.request(LONG)) {
      Fork<BatchGetResponse> call = request.context().fork(() -> hops.first.batchGet(Users.ask(1)));
      Awaitility.await().until(() -> hops.arrived.get() == 3);
      assertThat(hops.alive).hasValue(3);
      request.cancel("The client has left");
      assertThat(RpcException.from(catchThrowable(call::join)).code()).isEqualTo(RpcCode.CANCELLED);
    }

    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  @Test
  void theDeadlineEndsTheWorkOfEveryHop() {
    hops.last(OverEachTransport::untilCancelled);

    assertThat(failure(Duration.ofMillis(600)).code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);

    assertThat(hops.arrived).hasValue(3);
    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  @Test
  void workBesideTheHandlersThreadEndsToo() {
    var b = hops.stub("a", "b");
    var forked = new CountDownLatch(3);
    hops.services.getFirst().answer =
        request ->
            hops.noted(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    var _ =
                        RequestContext.current()
                            .fork(
                                () -> {
                                  forked.countDown();
                                  return hops.noted(() -> b.batchGet(request));
                                });
                  }
                  return OverEachTransport.untilCancelled(request);
                });
    hops.last(OverEachTransport::untilCancelled);

    try (var request = Pair.request(LONG)) {
      var _ = request.context().fork(() -> hops.first.batchGet(Users.ask(1)));
      // One at a, three forks, and three each at b and c.
      Awaitility.await().until(() -> hops.arrived.get() == 10);
      request.cancel("The client has left");
    }

    OverEachTransport.await(forked);
    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  @Test
  void aTimeoutSaysWhereTheTimeWentAtEachHop() {
    hops.last(OverEachTransport::untilCancelled);

    long start = System.nanoTime();
    RpcException failure = failure(Duration.ofMillis(800));
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);

    assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    Ledger atA = requireNonNull(failure.ledger());
    Ledger.Entry toB = callOf(atA, "b");
    Ledger atB = requireNonNull(toB.within());
    Ledger.Entry toC = callOf(atB, "c");

    assertThat(toC.outcome()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(toB.outcome()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(atB.given()).isLessThan(atA.given());
    // All of it was spent in c; what the hops on the way took is little beside that.
    assertThat(atB.own() + toC.spent()).isBetween(atB.spent() - 2, atB.spent() + 2);
    assertThat(atA.own() + toB.spent()).isBetween(atA.spent() - 2, atA.spent() + 2);
    assertThat(took - (atA.own() + atB.own() + toC.spent())).isBetween(0L, 100_000L);
    assertThat(toC.spent()).isGreaterThan(300_000);
  }

  @Test
  void whoeverAsksIsToldAlsoOfACallThatDoesWell() {
    try (var request = Pair.request(LONG)) {
      OpenLedger own = requireNonNull(request.context().ledger());
      own.want();
      var _ = request.context().call(() -> hops.first.batchGet(Users.ask(1)));

      Ledger.Entry toA = callOf(own.soFar(), "a");
      assertThat(toA.outcome()).isEqualTo(RpcCode.OK);
      Ledger.Entry toB = callOf(requireNonNull(toA.within()), "b");
      Ledger.Entry toC = callOf(requireNonNull(toB.within()), "c");
      assertThat(requireNonNull(toC.within()).calls()).isEmpty();
      assertThat(toC.attempts()).isEqualTo(1);
      assertThat(toA.spent()).isGreaterThan(toB.spent());
    }
  }

  @Test
  void whoeverDoesNotAskIsNotTold() {
    try (var request = Pair.request(LONG)) {
      var _ = request.context().call(() -> hops.first.batchGet(Users.ask(1)));

      assertThat(callOf(requireNonNull(request.context().ledger()).soFar(), "a").within()).isNull();
    }
  }

  @Test
  void thePolicyMayWantTheLedgerOfEveryCall() throws IOException {
    hops.close();
    hops = new Hops(transport, POLICY.with(Detail.FULL));
    warm();

    try (var request = Pair.request(LONG)) {
      var _ = request.context().call(() -> hops.first.batchGet(Users.ask(1)));

      Ledger own = requireNonNull(request.context().ledger()).soFar();
      assertThat(callOf(own, "a").within()).isNotNull();
    }
  }

  private RpcException failure(Duration budget) {
    try (var request = Pair.request(budget)) {
      return request
          .context()
          .call(() -> RpcException.from(catchThrowable(() -> hops.first.batchGet(Users.ask(1)))));
    }
  }

  private static Ledger.Entry callOf(@Nullable Ledger ledger, String service) {
    assertThat(requireNonNull(ledger).calls()).hasSize(1);
    Ledger.Entry call = ledger.calls().getFirst();
    assertThat(call.callee()).isEqualTo(service + "/default/BatchGet");
    return call;
  }

  private static long remaining() {
    return requireNonNull(RequestContext.current().deadline()).timeRemaining(TimeUnit.NANOSECONDS);
  }
}

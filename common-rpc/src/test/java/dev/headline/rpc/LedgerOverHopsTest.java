package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.policy.Detail;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who spent the time of a request that several services in a row have worked on. */
@ParameterizedClass
@EnumSource
class LedgerOverHopsTest extends OverHops {

  LedgerOverHopsTest(Transport transport) throws IOException {
    super(transport);
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
    startAnew(POLICY.with(Detail.FULL));

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
}

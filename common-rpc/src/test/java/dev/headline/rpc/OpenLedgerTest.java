package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenLedgerTest {

  private static final CallKey USERS =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final AtomicLong now = new AtomicLong();
  private final OpenLedger ledger = new OpenLedger(null, false, now::get);

  @Test
  void callsInARowAndTheOwnTimeAddUpToWhatWasSpent() {
    pass(3);
    OpenEntry first = ledger.begin(USERS);
    pass(10);
    first.close(1, RpcCode.OK);
    pass(2);
    OpenEntry second = ledger.begin(USERS);
    pass(20);
    second.close(3, RpcCode.UNAVAILABLE);
    pass(1);

    Ledger told = ledger.soFar();
    assertThat(told.spent()).isEqualTo(36_000);
    assertThat(told.own()).isEqualTo(6_000);
    assertThat(told.calls()).extracting(Ledger.Entry::spent).containsExactly(10_000L, 20_000L);
    assertThat(told.calls()).extracting(Ledger.Entry::attempts).containsExactly(1, 3);
    assertThat(told.given()).isEqualTo(Ledger.UNBOUNDED);
  }

  @Test
  void callsBesideEachOtherDoNotCountTwice() {
    OpenEntry first = ledger.begin(USERS);
    pass(5);
    OpenEntry second = ledger.begin(USERS);
    pass(5);
    first.close(1, RpcCode.OK);
    pass(5);
    second.close(1, RpcCode.OK);
    pass(7);

    assertThat(ledger.soFar().own()).isEqualTo(7_000);
  }

  @Test
  void aCallThatIsInsideAnotherCoversNothingMore() {
    OpenEntry outer = ledger.begin(USERS);
    pass(1);
    ledger.begin(USERS).close(1, RpcCode.OK);
    pass(9);
    outer.close(1, RpcCode.OK);
    pass(4);

    assertThat(ledger.soFar().own()).isEqualTo(4_000);
  }

  @Test
  void aCallThatIsStillOutCountsUntilNow() {
    OpenEntry stillOut = ledger.begin(USERS);
    assertThat(stillOut).isNotNull();
    pass(5);

    assertThat(ledger.soFar().own()).isEqualTo(0);
    assertThat(ledger.soFar().calls())
        .containsExactly(new Ledger.Entry("user-service/default/BatchGet", 0, 5_000, null, null));
  }

  @Test
  void ofVeryManyCallsOnlyTheFirstAreToldOfAndTheRestIsCounted() {
    IntStream.range(0, 1_000).parallel().forEach(_ -> ledger.begin(USERS).close(1, RpcCode.OK));

    assertThat(ledger.soFar().calls()).hasSize(OpenLedger.MOST_CALLS);
    assertThat(ledger.soFar().omitted()).isEqualTo(1_000 - OpenLedger.MOST_CALLS);
  }

  @Test
  void itIsThatOfTheRequestWhereverTheRequestIsWorkedOn() {
    try (var request = RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(20));
        var part = request.context().within(Duration.ofSeconds(1))) {
      OpenLedger whole = requireNonNull(request.context().ledger());
      assertThat(part.context().fork(() -> RequestContext.current().ledger()).join())
          .isSameAs(whole);
      assertThat(whole.soFar().given()).isBetween(1_000_000L, 20_000_000L);
    }
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}

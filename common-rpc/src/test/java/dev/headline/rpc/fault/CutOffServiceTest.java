package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.fault.Fault;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that is sent to a service arrives any more, until the way is healed. */
class CutOffServiceTest {

  private static final Duration BUDGET = Guards.ALL.timeout().total();
  private static final int PER_SECOND = 80;
  private static final int CUT = 80;
  private static final int OPEN = CUT + 160;
  private static final int HEALED = CUT + 360;

  /** How many calls can be out at once. */
  private static final int OUT = (int) (PER_SECOND * BUDGET.toMillis() / 1_000) + 1;

  private static final int RECOVERED = HEALED + 200;
  private static final int END = RECOVERED + 100;

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(2);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void failuresAreCheapWhileItIsCutOffAndItIsBackSoonAfterHealing() {
    LoadResult result = Conclusive.keptUp(underFault(Guards.ALL, END));

    LoadResult open = result.part(OPEN, HEALED);
    assertThat(open.failuresWithin(BUDGET.dividedBy(10)))
        .as(open::toString)
        .isGreaterThanOrEqualTo(0.95);
    LoadResult recovered = result.part(RECOVERED, END);
    assertThat(recovered.inTime()).as(recovered::toString).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void withoutABreakerEveryCallerWaitsForNothing() {
    LoadResult result = underFault(Guards.ALL.with(new BreakerPolicy.Off()), HEALED + OUT);

    LoadResult open = result.part(OPEN, HEALED);
    assertThat(open.failuresWithin(BUDGET.dividedBy(10))).as(open::toString).isLessThan(0.5);
  }

  private static LoadResult underFault(CallPolicy policy, int calls) {
    try (Ways ways = new Ways(fleet);
        UserClient client = new UserClient(ways.directory(), policy)) {
      client.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(PER_SECOND, 80, BUDGET), client::ask);
      OpenLoop.Running load = new OpenLoop(PER_SECOND, calls, BUDGET).start(client::ask);
      load.awaitSent(CUT);
      ways.injectAll(Fault.blackHole());
      // By then all calls before it are over; one that is out may still be sent again and answered.
      load.awaitSent(HEALED + OUT);
      assertThat(ways.swallowedBytes()).as("what was sent into the void").isPositive();
      ways.injectAll(Fault.pass());
      LoadResult result = load.join();

      assertThat(result.part(OPEN, HEALED).answeredInTime()).isZero();
      return result;
    }
  }
}

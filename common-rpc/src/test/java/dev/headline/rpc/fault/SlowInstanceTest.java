package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.fault.Fault;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The way to one of three instances becomes long. */
class SlowInstanceTest extends ThreeInstances {

  /** What the budget gives those who call rarely, 3 a second, comes on top of 5 %. */
  private static final double FLOOR = 3.0 / PER_SECOND;

  private static final double FAIR = 1.0 / 3;

  @Test
  void aSlowInstanceGetsAtMostHalfOfItsShareAndFewCallsAreMadeTwice() {
    Neighbours neighbours = Neighbours.watch();
    Slowness slowness = underFault(Guards.ALL, 1_000);
    Conclusive.keptUp(slowness.result);

    Conclusive.promised(
        neighbours::share,
        () -> {
          assertThat(slowness.share).as(slowness::toString).isLessThanOrEqualTo(FAIR / 2);
          assertThat(slowness.attempts).as(slowness::toString).isLessThanOrEqualTo(1.05 + FLOOR);
          assertThat(slowness.result.failures()).as(slowness::toString).isEmpty();
        });
  }

  @Test
  void theBalancerAloneSeesIt() {
    Slowness slowness = underFault(Guards.NONE.with(BalancePolicy.DEFAULT), 400);

    assertThat(slowness.share).as(slowness::toString).isLessThanOrEqualTo(FAIR / 2);
  }

  @Test
  void inTurnsItGetsItsFullShare() {
    Slowness slowness = underFault(Guards.NONE, 300);

    assertThat(slowness.share).as(slowness::toString).isGreaterThan(FAIR * 0.9);
  }

  @Test
  void withoutAnythingThatBoundsThemManyCallsAreMadeTwice() {
    var eager = new HedgePolicy.AtPercentile(50, Duration.ofMillis(1), Duration.ofSeconds(1), 50);
    Slowness slowness = underFault(Guards.ALL.with(eager).with(new BudgetPolicy(100, 1_000)), 300);

    assertThat(slowness.attempts).as(slowness::toString).isGreaterThan(1.05 + FLOOR);
  }

  private static Slowness underFault(CallPolicy policy, int calls) {
    try (Ways ways = new Ways(fleet);
        UserClient client = new UserClient(ways.directory(), policy)) {
      client.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(PER_SECOND, 100, BUDGET), client::ask);
      ways.to(1).inject(Fault.delay(Duration.ofMillis(300)));
      Counts victimBefore = fleet.get(1).counts();
      Counts before = fleet.counts();
      LoadResult result = new OpenLoop(PER_SECOND, calls, BUDGET).run(client::ask);
      double begun = fleet.counts().since(before).begun();
      return new Slowness(
          result,
          fleet.get(1).counts().since(victimBefore).begun() / begun,
          begun / result.count());
    }
  }

  /**
   * What became of it.
   *
   * @param share the slow instance's share of all attempts
   * @param attempts how many attempts there were for each call
   */
  private record Slowness(LoadResult result, double share, double attempts) {}
}

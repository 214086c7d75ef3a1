package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One of three instances is killed under load. */
class KilledInstanceTest {

  private static final Duration BUDGET = Guards.ALL.timeout().total();

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(3);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void noReadFailsWhenAnInstanceIsKilled() {
    LoadResult result = Conclusive.keptUp(underFault(Guards.ALL, 900));

    assertThat(result.failures()).as(result::toString).isEmpty();
    assertThat(result.part(500, 900).byInstance()).hasSize(2);
  }

  @Test
  void withoutRetriesTheReadsOnTheirWayToItFail() {
    LoadResult result = underFault(Guards.ALL.with(new RetryPolicy.Off()), 400);

    assertThat(result.failures()).as(result::toString).isNotEmpty();
  }

  /** A load during which an instance that works on some of its calls is killed. */
  private static LoadResult underFault(CallPolicy policy, int calls) {
    ServerProcess victim = fleet.get(1);
    if (!victim.isAlive()) {
      victim.startAgain();
    }
    // Long enough that some ten calls are on their way to each instance at any time.
    fleet.behave(Behaviour.working(Duration.ofMillis(80)));
    try (Ways ways = new Ways(fleet);
        UserClient client = new UserClient(ways.directory(), policy)) {
      client.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(300, 150, BUDGET), client::ask);
      Counts before = victim.counts();

      OpenLoop.Running load = new OpenLoop(300, calls, BUDGET).start(client::ask);
      load.awaitSent(200);
      assertThat(victim.counts().since(before).begun()).as("calls it got").isPositive();
      victim.kill();
      assertThat(victim.isAlive()).isFalse();
      return load.join();
    }
  }
}

package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One of three instances hangs: its connections stay open, and nothing answers. */
class HungInstanceTest {

  private static final Duration BUDGET = Guards.ALL.timeout().total();
  private static final int PER_SECOND = 200;
  private static final int BEFORE = 100;

  /** How many calls without a guard are enough to see it. */
  private static final int SOME = 240;

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(3);
    fleet.behave(Behaviour.working(Duration.ofMillis(20)));
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void aHungInstanceCostsAHandfulOfCallsAndThenOneForEachProbe() {
    Hang hang = underFault(Guards.ALL, 800);
    Conclusive.keptUp(hang.result);

    assertThat(hang.result.failures().size())
        .as(hang::toString)
        .isLessThanOrEqualTo(5 + hang.onWay);
    assertThat(hang.result.inTime()).as(hang::toString).isGreaterThanOrEqualTo(0.995);
    // Until it is ejected it gets at most its share for as long as an attempt may take, and the
    // faults in a row after that; then it is probed once a second.
    int untilEjected = PER_SECOND / 3 / 5 + 2 * 5;
    int probes = hang.result.count() / PER_SECOND + 1;
    assertThat(hang.arrived)
        .as(hang::toString)
        .isLessThanOrEqualTo(hang.onWay + untilEjected + probes);
  }

  @Test
  void withoutEjectionWhoeverCallsInTurnsGoesOnToAskIt() {
    CallPolicy inTurns = Guards.ALL.with(new BalancePolicy.WeightedRoundRobin());
    Hang hang = underFault(inTurns.with(new EjectionPolicy.Off()), SOME);

    assertThat(hang.arrived).as(hang::toString).isGreaterThan(hang.onWay + SOME / 10);
  }

  @Test
  void withoutAnyGuardAThirdOfAllCallsFails() {
    Hang hang = underFault(Guards.NONE, SOME);

    assertThat(hang.result.part(BEFORE, BEFORE + SOME).inTime()).as(hang::toString).isLessThan(0.8);
  }

  /** A load during which an instance stops to answer. */
  private static Hang underFault(CallPolicy policy, int during) {
    ServerProcess victim = fleet.get(1);
    LocalDirectory directory = LocalDirectory.alone();
    fleet.all().forEach(process -> directory.register(process.instance()));
    try (UserClient client = new UserClient(directory, policy)) {
      client.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(PER_SECOND, 100, BUDGET), client::ask);
      OpenLoop.Running load = new OpenLoop(PER_SECOND, BEFORE + during, BUDGET).start(client::ask);
      load.awaitSent(BEFORE);
      Counts before = victim.counts();
      int onWay = load.inFlight();
      victim.pause();
      assertThat(victim.isPaused()).isTrue();
      LoadResult result = load.join();
      victim.resume();
      return new Hang(result, onWay, settled(victim).since(before).arrived());
    }
  }

  /** What it has seen, once it has read all that was sent to it while it hung. */
  private static Counts settled(ServerProcess process) {
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .until(process::counts, counts -> counts.equals(process.counts()));
  }

  /**
   * What a hang has cost.
   *
   * @param onWay calls that were on their way when it began
   * @param arrived attempts that were sent to the instance while it hung
   */
  private record Hang(LoadResult result, int onWay, long arrived) {}
}

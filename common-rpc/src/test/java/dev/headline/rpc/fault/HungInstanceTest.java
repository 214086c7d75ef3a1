package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One of three instances hangs: its connections stay open, and nothing answers. */
class HungInstanceTest extends ThreeInstances {

  private static final int BEFORE = 100;

  /** How many calls without a guard are enough to see it. */
  private static final int SOME = 240;

  @Test
  void aHungInstanceCostsAHandfulOfCallsAndThenOneForEachProbe() {
    Neighbours neighbours = Neighbours.watch();
    Hang hang = underFault(Guards.ALL, 800);
    Conclusive.keptUp(hang.result);

    Conclusive.promised(neighbours::share, () -> costsAHandful(hang));
  }

  private static void costsAHandful(Hang hang) {
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
      int sent = load.sent();
      int inFlight = load.inFlight();
      Counts before = victim.counts();
      victim.pause();
      // On a busy machine it takes a while until it hangs, and the load goes on meanwhile.
      int onWay = inFlight + load.sent() - sent;
      assertThat(victim.isPaused()).isTrue();
      LoadResult result = load.join();
      victim.resume();
      // Its connection is read in order: once it has answered, it has read what came before.
      client.awaitAnswersOf(List.of(victim));
      return new Hang(result, onWay, settled(victim).since(before).arrived() - 1);
    }
  }

  /** What it has seen, once all that it has begun has ended: work lasts for less than a look. */
  private static Counts settled(ServerProcess process) {
    var last = new AtomicReference<>(process.counts());
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .until(process::counts, counts -> counts.equals(last.getAndSet(counts)));
  }

  /**
   * What a hang has cost.
   *
   * @param onWay calls that were on their way when it began, at most
   * @param arrived attempts that were sent to the instance while it hung
   */
  private record Hang(LoadResult result, int onWay, long arrived) {}
}

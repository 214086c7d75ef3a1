package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.discovery.LocalDirectory;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the processes, their faults and the load are what the scenarios take them for. */
class HarnessTest {

  private static final Duration BUDGET = Duration.ofMillis(800);

  private static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(1);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @Test
  void anInstanceBehavesAsItIsToldAndCountsWhatItSees() {
    ServerProcess instance = fleet.get(1);
    try (UserClient client = client()) {
      client.awaitAnswersOf(fleet.all());
      Counts before = instance.counts();
      instance.behave(Behaviour.working(Duration.ofMillis(200)));
      LoadResult slow = new OpenLoop(100, 10, BUDGET).run(client::ask);
      instance.behave(Behaviour.prompt().failing(RpcCode.INTERNAL));
      LoadResult failing = new OpenLoop(100, 10, BUDGET).run(client::ask);
      instance.behave(Behaviour.prompt());

      assertThat(slow.percentile(0.01)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
      assertThat(slow.byInstance()).containsEntry(instance.id(), 10L);
      assertThat(failing.failuresByCode()).containsEntry(RpcCode.INTERNAL, 10L);
      await()
          .untilAsserted(
              () -> assertThat(instance.counts().since(before)).isEqualTo(new Counts(20, 20, 20)));
    }
  }

  @Test
  void aPausedInstanceAnswersNobodyUntilItIsResumed() {
    ServerProcess instance = fleet.get(1);
    try (UserClient client = client()) {
      client.awaitAnswersOf(fleet.all());
      instance.pause();
      LoadResult paused = new OpenLoop(100, 10, Duration.ofMillis(100)).run(client::ask);
      instance.resume();

      assertThat(paused.failuresByCode()).containsEntry(RpcCode.DEADLINE_EXCEEDED, 10L);
      client.awaitAnswersOf(fleet.all());
    }
  }

  @Test
  void anInstanceThatWasKilledComesBackWhereItWas() {
    ServerProcess instance = fleet.get(1);
    try (UserClient client = client()) {
      client.awaitAnswersOf(fleet.all());
      instance.kill();
      assertThat(instance.isAlive()).isFalse();
      LoadResult dead = new OpenLoop(100, 10, BUDGET).run(client::ask);
      instance.startAgain();

      assertThat(dead.answeredInTime()).isZero();
      client.awaitAnswersOf(fleet.all());
    }
  }

  @Test
  void aLoadDoesNotWaitForItsAnswers() {
    var result =
        new OpenLoop(1_000, 500, Duration.ofSeconds(5))
            .start(
                number -> {
                  await().pollInterval(Duration.ofMillis(100)).until(() -> number >= 0);
                  return "instance";
                });
    long start = System.nanoTime();
    result.awaitSent(500);
    LoadResult all = Conclusive.keptUp(result.join());

    // One after the other they would have taken fifty seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(all.answeredInTime()).isEqualTo(500);
    assertThat(all.part(100, 200).count()).isEqualTo(100);
  }

  private static UserClient client() {
    LocalDirectory directory = LocalDirectory.alone();
    directory.register(fleet.get(1).instance());
    return new UserClient(directory, Guards.NONE);
  }
}

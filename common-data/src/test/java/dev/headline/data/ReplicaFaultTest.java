package dev.headline.data;

import static dev.headline.data.RouteCounts.assertHolds;
import static dev.headline.data.RouteCounts.more;
import static dev.headline.data.RouteCounts.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** One of two replicas is put through everything; who reads does not notice. */
class ReplicaFaultTest {

  private static Replicated database;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RouteCounts counts = new RouteCounts(meters);
  private ReplicaRouter router;

  @BeforeAll
  static void startDatabase() {
    database = new Replicated();
    database.run("create table clock (ticks bigint)");
    database.run("insert into clock values (0)");
    database.catchUp();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void open() {
    router = ReplicaRouter.open(database.settings(8), meters);
  }

  @AfterEach
  void close() {
    router.close();
  }

  @Test
  void aReplicaThatHangsCostsNoReadAndComesBack() {
    try (var readers = new Readers(8, this::read)) {
      counts.baseline(readers);
      database.replica(1).pause();
      soon().until(() -> counts.skipped("replica-1", "down") > 0);
      more(readers);
      database.replica(1).resume();
      counts.usedAgain("replica-1");
      assertHolds(readers);
    } finally {
      database.replica(1).resume();
    }
  }

  /** The negative control: nobody looks, so the replica that hangs keeps getting reads. */
  @Test
  void withoutMeasuringAReplicaThatHangsCostsReads() {
    var blind = new ReplicationSettings(null, null, Duration.ofSeconds(10), 0, null);
    try (var other = ReplicaRouter.open(database.settings(8).with(blind), meters);
        var readers = new Readers(8, () -> ticks(other))) {
      counts.baseline(readers);
      database.replica(1).pause();

      soon().until(() -> readers.failed() > 0);
    } finally {
      database.replica(1).resume();
    }
  }

  @Test
  void aReplicaThatIsKilledCostsNoReadAndComesBack() {
    try (var readers = new Readers(8, this::read)) {
      counts.baseline(readers);
      database.replica(1).kill();
      soon().until(() -> counts.skipped("replica-1", "down") > 0);
      more(readers);
      database.replica(1).restart();
      counts.usedAgain("replica-1");
      assertHolds(readers);
    }
  }

  @Test
  void aReplicaThatStopsReplayingIsPassedOverUntilItHasCaughtUp() {
    try (var readers = new Readers(4, this::read)) {
      counts.baseline(readers);
      database.replica(1).pauseReplay();
      soon().until(() -> tick() && counts.skipped("replica-1", "behind") > 0);
      more(readers);
      assertThat(counts.node("lag.seconds", "replica-1")).isGreaterThan(1);
      database.replica(1).resumeReplay();
      counts.usedAgain("replica-1");
      assertHolds(readers);
    } finally {
      database.replica(1).resumeReplay();
    }
  }

  @Test
  void aReplicaThatLagsByMoreThanTheBoundIsPassedOver() {
    try (var readers = new Readers(4, this::read)) {
      counts.baseline(readers);
      database.replica(1).delayReplay(Duration.ofSeconds(3));
      soon().until(() -> tick() && counts.skipped("replica-1", "behind") > 0);
      database.replica(1).delayReplay(Duration.ZERO);
      counts.usedAgain("replica-1");
      assertHolds(readers);
    } finally {
      database.replica(1).delayReplay(Duration.ZERO);
    }
  }

  @Test
  void aReplicaIsPassedOverForWhatItLacksInBytesToo() {
    var strict =
        database
            .settings(2)
            .with(
                ReplicationSettings.DEFAULT.withBounds(
                    DataSize.ofBytes(1_000), Duration.ofMinutes(10)));
    try (var other = ReplicaRouter.open(strict, meters)) {
      database.replica(1).pauseReplay();
      soon().until(() -> tick() && ticks(other) >= 0 && counts.skipped("replica-1", "behind") > 0);
    } finally {
      database.replica(1).resumeReplay();
    }
  }

  @Test
  void bothReplicasHaveTheirShare() {
    try (var readers = new Readers(4, this::read)) {
      more(readers);
    }
    double all = counts.chosen("replica-1", "read") + counts.chosen("replica-2", "read");
    assertThat(counts.chosen("replica-1", "read") / all).isBetween(0.05, 0.95);
  }

  private void read() {
    ticks(router);
  }

  private static long ticks(ReplicaRouter router) {
    return router.read().sql("select ticks from clock").query(Long.class).single();
  }

  private boolean tick() {
    return router.write(sql -> sql.sql("update clock set ticks = ticks + 1").update()) == 1;
  }
}

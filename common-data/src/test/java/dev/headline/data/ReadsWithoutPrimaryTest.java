package dev.headline.data;

import static dev.headline.data.RouteCounts.assertHolds;
import static dev.headline.data.RouteCounts.more;
import static dev.headline.data.RouteCounts.soon;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The primary is away; who only reads does not notice. */
class ReadsWithoutPrimaryTest {

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
    database.catchUp();
  }

  @Test
  void readsGoOnWhileThePrimaryIsDown() {
    try (var readers = new Readers(4, this::read)) {
      counts.baseline(readers);
      database.cluster().primary().kill();
      soon().until(() -> counts.node("up", "primary") == 0);
      more(readers);
      database.cluster().primary().restart();
      soon().ignoreExceptions().until(this::tick);
      assertHolds(readers);
    }
  }

  @Test
  void readsGoOnWhileThePrimaryHangs() {
    try (var readers = new Readers(4, this::read)) {
      counts.baseline(readers);
      database.cluster().primary().pause();
      soon().until(() -> counts.node("up", "primary") == 0);
      more(readers);
      database.cluster().primary().resume();
      soon().ignoreExceptions().until(this::tick);
      assertHolds(readers);
    } finally {
      database.cluster().primary().resume();
    }
  }

  private void read() {
    router.read().sql("select ticks from clock").query(Long.class).single();
  }

  private boolean tick() {
    return router.write(sql -> sql.sql("update clock set ticks = ticks + 1").update()) == 1;
  }
}

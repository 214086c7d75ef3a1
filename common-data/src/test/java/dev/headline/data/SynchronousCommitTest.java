package dev.headline.data;

import static dev.headline.data.Sleepers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Commits wait for a replica, and one of the two hangs. */
class SynchronousCommitTest {

  private static final String WAIT = "select count(*) from pg_stat_replication where sync_state = ";

  private static Replicated database;

  @BeforeAll
  static void startDatabase() {
    database = new Replicated();
    database.run("create table entry (id int)");
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @AfterEach
  void heal() {
    database.replica(1).resume();
    database.synchronousStandbys("");
  }

  @Test
  void anyOneIsEnough() {
    database.synchronousStandbys("ANY 1 (\"replica-1\", \"replica-2\")");
    try (var router = router()) {
      awaitState("quorum", 2);
      database.replica(1).pause();

      for (int i = 0; i < 200; i++) {
        write(router);
      }
    }
  }

  /** The negative control: the others are there, and nobody asks them. */
  @Test
  void theFirstOneHoldsUpEveryCommitWhileItHangs() {
    database.synchronousStandbys("FIRST 1 (\"replica-1\", \"replica-2\")");
    try (var router = router()) {
      awaitState("sync", 1);
      database.replica(1).pause();

      assertThatThrownBy(() -> write(router)).isInstanceOf(RpcException.class);
    }
  }

  /** Its readers need no position: when a write is done, every replica that it waited for shows. */
  @Test
  void whatIsAppliedRemotelyIsShownThere() {
    database.synchronousStandbys("ANY 2 (\"replica-1\", \"replica-2\")");
    try (var router = router()) {
      awaitState("quorum", 2);
      for (int i = 0; i < 200; i++) {
        write(router);
        long written = count(router.primary());
        assertThat(count(router.read())).isEqualTo(written);
      }
    }
  }

  private static long count(JdbcClient sql) {
    return sql.sql("select count(*) from entry").query(Long.class).single();
  }

  private static void write(ReplicaRouter router) {
    try (Scope scope = request(Duration.ofMillis(800))) {
      scope
          .context()
          .call(() -> router.write(sql -> sql.sql("insert into entry values (1)").update()));
    }
  }

  private static ReplicaRouter router() {
    return database.router(
        database
            .settings(4)
            .with(ReplicationSettings.DEFAULT.with(SynchronousCommit.REMOTE_APPLY)));
  }

  private static void awaitState(String state, long replicas) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> database.look(WAIT + "'" + state + "'") == replicas);
  }
}

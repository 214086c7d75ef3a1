package dev.headline.data;

import static dev.headline.data.Sleepers.LONG;
import static dev.headline.data.Sleepers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Fork;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A service behind a real call; the deadline passes, or the client leaves, and a quarter of a
 * second later there is neither a statement nor a lock of that request.
 */
@WithServers
class NothingOutlivesItsRequestTest {

  private static final Duration PROMISE = Duration.ofMillis(250);
  private static final int CLIENTS = 6;

  /** What the service is at when its request ends. */
  enum Work {
    SLEEP,
    WRITE_AND_SLEEP,
    WAIT_FOR_A_LOCK,
    HOLD_A_LOCK_AND_BE_BUSY_ELSEWHERE
  }

  private final CompletableFuture<String> testIsOver = new CompletableFuture<>();
  private FreshDatabase database;
  private ReplicaRouter router;
  private Backends backends;
  private Connection locker;
  private Hop hop;

  @BeforeEach
  void open(FreshDatabase fresh, PostgresCluster cluster) throws SQLException, IOException {
    database = fresh;
    Routers.migrate(database);
    database.asOwner("truncate thing");
    database.asOwner("insert into thing (id) values (0)");
    router =
        ReplicaRouter.open(Routers.asService(database, CLIENTS + 1), new SimpleMeterRegistry());
    backends = new Backends(cluster, database.name(), database.role());
    locker = connect(database, database.owner());
    locker.setAutoCommit(false);
    locker.createStatement().execute("select from thing where id = 0 for update");
    hop = new Hop(work -> does(Work.valueOf(work)));
  }

  @AfterEach
  void close() throws SQLException {
    testIsOver.complete("");
    hop.close();
    locker.close();
    backends.close();
    router.close();
  }

  @ParameterizedTest
  @EnumSource
  void afterTheDeadline(Work work) {
    assumeThatTheMachineKeepsUp();
    Duration budget = Duration.ofMillis(700);
    long end = System.nanoTime() + budget.toNanos();
    try (Scope scope = request(budget)) {
      List<Fork<String>> calls = call(scope, work);
      await().until(() -> backends.alive() == CLIENTS);
      calls.forEach(NothingOutlivesItsRequestTest::ignoreFailure);
      assertThat(untilNoneIsAlive(end)).isLessThan(PROMISE);
    }
    assertThatThePoolIsWhole();
  }

  @ParameterizedTest
  @EnumSource
  void afterTheClientLeft(Work work) {
    assumeThatTheMachineKeepsUp();
    Scope scope = request(LONG);
    List<Fork<String>> calls = call(scope, work);
    await().until(() -> backends.alive() == CLIENTS);

    scope.cancel("the client left");

    assertThat(untilNoneIsAlive(System.nanoTime())).isLessThan(PROMISE);
    calls.forEach(NothingOutlivesItsRequestTest::ignoreFailure);
    assertThatThePoolIsWhole();
  }

  /** The negative control: the same call, on a connection that nobody watches. */
  @Test
  void withoutALeaseAStatementOutlivesItsRequest() throws Exception {
    try (var unguarded = connect(database, database.service());
        var other = new Hop(_ -> sleep(unguarded));
        Scope scope = request(Duration.ofMillis(300))) {
      long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
      ignoreFailure(scope.context().fork(() -> other.ask("sleep")));
      assertThat(untilNoneIsAlive(end)).isGreaterThan(PROMISE);
    }
  }

  private List<Fork<String>> call(Scope scope, Work work) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(_ -> scope.context().fork(() -> hop.ask(work.name())))
        .toList();
  }

  private String does(Work work) {
    return switch (work) {
      case SLEEP -> sleep(router.primary(), 20);
      case WRITE_AND_SLEEP -> write(sql -> insert(sql) + sleep(sql, 20));
      case WAIT_FOR_A_LOCK ->
          write(sql -> "" + sql.sql("update thing set parent = 0 where id = 0").update());
      case HOLD_A_LOCK_AND_BE_BUSY_ELSEWHERE -> write(sql -> insert(sql) + testIsOver.join());
    };
  }

  private String write(Function<JdbcClient, String> work) {
    return router.write(work);
  }

  private static String insert(JdbcClient sql) {
    long id = Thread.currentThread().threadId();
    return "" + sql.sql("insert into thing (id) values (?)").param(id).update();
  }

  private static String sleep(JdbcClient sql, int seconds) {
    return sql.sql("select 'thing' from pg_sleep(?)").param(seconds).query(String.class).single();
  }

  private static String sleep(Connection unguarded) {
    return sleep(JdbcClient.create(new SingleConnectionDataSource(unguarded, true)), 1);
  }

  private Duration untilNoneIsAlive(long since) {
    await().pollInterval(Duration.ofMillis(2)).until(() -> backends.alive() == 0);
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** As many at once as it has connections: none is lost, and none is still being cancelled. */
  private void assertThatThePoolIsWhole() {
    testIsOver.complete("");
    try (Scope scope = request(LONG)) {
      List<Fork<Long>> all =
          IntStream.range(0, 10 * CLIENTS)
              .mapToObj(_ -> scope.context().fork(() -> Sleepers.sleep(router.primary(), 0.002)))
              .toList();
      assertThat(all).allSatisfy(each -> assertThat(each.join()).isEqualTo(1));
    }
  }

  /** On a machine that is late by itself, being late proves nothing. */
  private void assumeThatTheMachineKeepsUp() {
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      backends.alive();
    }
    assumeThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE);
  }

  private static Connection connect(FreshDatabase database, DatabaseRole role) throws SQLException {
    return DriverManager.getConnection(database.primaryUrl(), role.name(), role.password());
  }

  private static void ignoreFailure(Fork<String> call) {
    try {
      call.join();
    } catch (RuntimeException expected) {
      // What matters is what is left on the server.
    }
  }
}

package dev.headline.data;

import static dev.headline.data.Sleepers.LONG;
import static dev.headline.data.Sleepers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.fault.Fault;
import dev.headline.infra.fault.FaultProxy;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Execution;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of a write that failed, and whether it is true. */
@WithServers
class TransactionsTest {

  private static final String NOTHING = "nothing was written";
  private static final String UNKNOWN = "whether it was written is not known";

  private FaultProxy way;
  private ReplicaRouter router;
  private ReplicaRouter direct;
  private Scope running = request(LONG);

  @BeforeEach
  void open(FreshDatabase database, PostgresCluster cluster) {
    Routers.migrate(database);
    database.asOwner("truncate thing");
    way = FaultProxy.to(cluster.primary().endpoint());
    String proxied = "jdbc:postgresql://" + way.endpoint() + "/" + database.name();
    router =
        ReplicaRouter.open(
            new DataSettings(proxied, List.of(), database.role(), database.password(), 2),
            new SimpleMeterRegistry());
    direct = ReplicaRouter.open(Routers.primaryOnly(database, 1), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    router.close();
    direct.close();
    way.close();
  }

  @Test
  void aStatementThatIsRefusedWritesNothing() {
    RpcException refused = failure(LONG, sql -> insert(sql, "1), (1"));

    assertThat(refused.code()).isEqualTo(RpcCode.ALREADY_EXISTS);
    assertThat(refused).hasMessage("It exists already");
    assertNothingWritten(refused);
  }

  @Test
  void aCommitThatIsRefusedWritesNothing() {
    RpcException refused =
        failure(
            LONG,
            sql -> {
              sql.sql("set constraints all deferred").update();
              insert(sql, "1, 404", "id, parent");
            });

    assertThat(refused.code()).isEqualTo(RpcCode.FAILED_PRECONDITION);
    assertNothingWritten(refused);
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitWritesNothing() {
    RpcException lost =
        failure(
            LONG,
            sql -> {
              insert(sql, "1");
              way.inject(Fault.reset());
              insert(sql, "2");
            });

    assertThat(lost.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(lost).hasMessageEndingWith(NOTHING);
    assertNothingWritten(lost);
    assertThatItWorksAgain();
  }

  @Test
  void aCommitWhoseAnswerIsLostMayHaveWritten() {
    RpcException lost =
        failure(
            Duration.ofMillis(500),
            sql -> {
              insert(sql, "1");
              way.inject(Fault.dropReplies());
            });

    assertThat(lost.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    assertThat(lost.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(lost).hasMessageEndingWith(UNKNOWN);
    assertThat(rows()).as("here it has").isEqualTo(1);
    assertThatItWorksAgain();
  }

  @Test
  void aConnectionThatBreaksUnderTheCommitMayHaveWritten() {
    RpcException lost =
        failure(
            LONG,
            sql -> {
              insert(sql, "1");
              way.inject(Fault.reset());
            });

    assertThat(lost.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(lost.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(lost).hasMessageEndingWith(UNKNOWN);
    assertThatItWorksAgain();
  }

  @Test
  void aRequestThatEndsBeforeTheCommitWritesNothing() {
    RpcException over =
        failure(
            LONG,
            sql -> {
              insert(sql, "1");
              running.cancel("the client left");
            });

    assertThat(over.code()).isEqualTo(RpcCode.CANCELLED);
    assertThat(over).hasMessageEndingWith(NOTHING);
    assertNothingWritten(over);
  }

  @Test
  void whatTheWorkSaysIsPassedOn() {
    RpcException missing =
        failure(
            LONG,
            sql -> {
              insert(sql, "1");
              throw new RpcException(RpcCode.NOT_FOUND, "There is no such article");
            });

    assertThat(missing.code()).isEqualTo(RpcCode.NOT_FOUND);
    assertThat(missing).hasMessage("There is no such article");
    assertNothingWritten(missing);
  }

  private RpcException failure(Duration budget, Consumer<JdbcClient> work) {
    try (Scope scope = request(budget)) {
      running = scope;
      return catchThrowableOfType(RpcException.class, () -> scope.context().run(() -> write(work)));
    }
  }

  private void write(Consumer<JdbcClient> work) {
    router.write(
        sql -> {
          work.accept(sql);
          return 0;
        });
  }

  private void assertNothingWritten(RpcException failure) {
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(rows()).isZero();
  }

  private void assertThatItWorksAgain() {
    way.heal();
    await().ignoreExceptions().until(() -> router.write(sql -> insert(sql, "7")) == 1);
  }

  private long rows() {
    return direct.primary().sql("select count(*) from thing").query(Long.class).single();
  }

  private static int insert(JdbcClient sql, String id) {
    return insert(sql, id, "id");
  }

  private static int insert(JdbcClient sql, String values, String columns) {
    return sql.sql("insert into thing (%s) values (%s)".formatted(columns, values)).update();
  }
}

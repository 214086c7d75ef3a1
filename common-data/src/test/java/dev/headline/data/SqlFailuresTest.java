package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers
class SqlFailuresTest {

  private ReplicaRouter router;

  @BeforeEach
  void open(FreshDatabase database) {
    Routers.migrate(database);
    router = ReplicaRouter.open(Routers.settings(database, 2), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    router.close();
  }

  @Test
  void aSecondRowWithTheSameKeyExistsAlready() {
    assertThat(failure("insert into thing (id) values (7), (7)").code())
        .isEqualTo(RpcCode.ALREADY_EXISTS);
  }

  @Test
  void aRowThatRefersToNothingLacksAPrecondition() {
    assertThat(failure("insert into thing (id, parent) values (7, 404)").code())
        .isEqualTo(RpcCode.FAILED_PRECONDITION);
  }

  @Test
  void whatIsRefusedAtTheCommitIsNamedToo() {
    assertThat(
            failure("set constraints all deferred; insert into thing (id, parent) values (7, 404)")
                .code())
        .isEqualTo(RpcCode.FAILED_PRECONDITION);
  }

  @Test
  void aConnectionThatIsLostIsUnavailableAndTheNextOneWorks() {
    RpcException lost =
        failure("do $$ begin perform pg_terminate_backend(pg_backend_pid()); end $$");

    assertThat(lost.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(router.primary().sql("select 1").query(Integer.class).single()).isEqualTo(1);
  }

  @Test
  void aStatementThatTheDatabaseGivesUpIsUnavailable() {
    RpcException given =
        failure(
            "do $$ begin perform pg_cancel_backend(pg_backend_pid()); perform pg_sleep(9); end $$");

    assertThat(given.code()).isEqualTo(RpcCode.UNAVAILABLE);
  }

  @Test
  void anythingElseIsInternalAndShowsNoSql() {
    RpcException internal = failure("insert into thing (id) values (1 / (length('secret') - 6))");

    assertThat(internal.code()).isEqualTo(RpcCode.INTERNAL);
    assertThat(internal).hasMessage("The database refused a statement; nothing was written");
    assertThat(internal).hasRootCauseInstanceOf(SQLException.class);
  }

  private RpcException failure(String statement) {
    return catchThrowableOfType(
        RpcException.class, () -> router.write(sql -> sql.sql(statement).update()));
  }
}

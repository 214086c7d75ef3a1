package dev.headline.data.pool;

import static dev.headline.data.Sleepers.assertEndsWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.DataSettings;
import dev.headline.data.Routers;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.RpcCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server itself holds a session to. */
@WithServers
class SessionBoundsTest {

  private Pool primary;
  private Pool replica;

  @BeforeEach
  void open(FreshDatabase database) {
    Routers.migrate(database);
    DataSettings settings = Routers.asService(database, 1);
    var registry = new SimpleMeterRegistry();
    primary = Pool.openPrimary("primary", settings, _ -> {}, registry);
    // As after its promotion: it would take writes.
    replica = Pool.openReplica("replica-1", database.primaryUrl(), settings, _ -> {}, registry);
  }

  @AfterEach
  void close() {
    primary.close();
    replica.close();
  }

  @Test
  void everySessionHasAllOfThem() {
    for (JdbcClient session : List.of(primary.client(), replica.client())) {
      assertThat(setting(session, "statement_timeout")).isEqualTo("25s");
      assertThat(setting(session, "lock_timeout")).isEqualTo("10s");
      assertThat(setting(session, "idle_in_transaction_session_timeout")).isEqualTo("10s");
      assertThat(setting(session, "client_connection_check_interval")).isEqualTo("100ms");
    }
  }

  @Test
  void onlyTheSessionsOfReplicasAreReadOnly() {
    assertThat(setting(primary.client(), "default_transaction_read_only")).isEqualTo("off");
    assertThat(setting(replica.client(), "default_transaction_read_only")).isEqualTo("on");
    assertEndsWith(
        RpcCode.UNAVAILABLE,
        () -> replica.client().sql("insert into thing (id) values (1)").update());
  }

  @Test
  void aServiceMayNotTouchItsTablesThemselves() {
    for (String change :
        List.of(
            "create table mine (id int)",
            "truncate thing",
            "alter table thing add column mine int",
            "drop table thing")) {
      assertEndsWith(
          RpcCode.INTERNAL, () -> primary.inTransaction(sql -> sql.sql(change).update()));
    }
  }

  private static String setting(JdbcClient session, String name) {
    return session.sql("select current_setting(?)").param(name).query(String.class).single();
  }
}

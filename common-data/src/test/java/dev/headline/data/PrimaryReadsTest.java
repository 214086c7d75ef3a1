package dev.headline.data;

import static dev.headline.data.Sleepers.LONG;
import static dev.headline.data.Sleepers.assertEndsWith;
import static dev.headline.data.Sleepers.request;
import static dev.headline.data.Sleepers.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No replica answers, and the primary reads: a few at a time. */
@WithServers
class PrimaryReadsTest {

  private static final int PLACES = 2;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private ReplicaRouter router;
  private ReplicaRouter observer;

  @BeforeEach
  void open(FreshDatabase database) {
    var settings =
        new DataSettings(
                database.primaryUrl(),
                List.of("jdbc:postgresql://127.0.0.1:1/nobody"),
                database.owner().name(),
                database.owner().password(),
                4)
            .with(ReplicationSettings.DEFAULT.withPrimaryReads(PLACES));
    router = ReplicaRouter.open(settings, meters);
    observer = ReplicaRouter.open(Routers.primaryOnly(database, 1), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    router.close();
    observer.close();
  }

  @Test
  void readsTakeOnlyTheirPartAndWritesGoOn() {
    try (Scope scope = request(LONG)) {
      List<Fork<Long>> reads = sleepers(scope, PLACES + 3);
      await().until(() -> asleep() == PLACES);

      for (int i = 0; i < 20; i++) {
        assertThat(router.write(PrimaryReadsTest::one)).isEqualTo(1);
        assertThat(asleep()).isEqualTo(PLACES);
      }
      scope.cancel("enough");
      assertThat(reads).allSatisfy(read -> assertEndsWith(RpcCode.CANCELLED, read::join));
    }
  }

  @Test
  void whoGetsNoPlaceHearsThatBeforeTheDeadlineAndWhy() {
    try (Scope scope = request(LONG)) {
      List<Fork<Long>> reads = new ArrayList<>(sleepers(scope, PLACES));
      await().until(() -> asleep() == PLACES);

      try (Scope other = request(Duration.ofMillis(200))) {
        assertEndsWith(
            RpcCode.RESOURCE_EXHAUSTED, () -> other.context().call(() -> one(router.read())));
      }
      // As many wait as may; the next one is turned away at once, long before its deadline.
      reads.addAll(sleepers(scope, PLACES * 16));
      await().until(() -> waiting() == PLACES * 16);
      assertEndsWith(
          RpcCode.RESOURCE_EXHAUSTED, () -> scope.context().call(() -> one(router.read())));
      scope.cancel("enough");
      assertThat(reads).allSatisfy(read -> assertEndsWith(RpcCode.CANCELLED, read::join));
    }
  }

  private List<Fork<Long>> sleepers(Scope scope, int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> scope.context().fork(() -> sleep(router.read())))
        .toList();
  }

  private double waiting() {
    return meters.get("headline.data.gate.waiting").tag("gate", "primary-reads").gauge().value();
  }

  private static long one(JdbcClient sql) {
    return sql.sql("select 1").query(Long.class).single();
  }

  private int asleep() {
    return observer
        .primary()
        .sql(
            """
            select count(*)
            from pg_stat_activity
            where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()
              and datname = current_database()
            """)
        .query(Integer.class)
        .single();
  }
}

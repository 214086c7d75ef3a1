package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.headline.data.WalPosition;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresReplica;
import dev.headline.infra.redis.Redis;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache in front of a replica that lags. */
@WithServers
class ReplicaLagTest {

  private static final int WRITERS = 4;
  private static final int WRITES = 1_000;
  private static final int CONTROL_WRITES = 100;

  private ReplicatedTable table;
  private PostgresReplica replica;

  @BeforeEach
  void startCold(PostgresCluster cluster, Redis server) {
    new Observer(server).flush();
    table = new ReplicatedTable(cluster);
    replica = cluster.replicas().getFirst();
    WalPosition created = table.write(1, "old");
    await().until(() -> table.shownByReplica().hasReached(created));
  }

  @AfterEach
  void stop() {
    replica.resumeReplay();
    replica.delayReplay(Duration.ZERO);
    table.close();
  }

  @Test
  void whatALaggingReplicaShowsIsNotKept(Redis server) {
    Source<Long, StringValue> whatever = (keys, _) -> table.read(keys, WalPosition.START);
    try (var writer = Instance.of("lagging", server, table, LateFillTest.FOR_EVER);
        var reader = Instance.of("lagging", server, whatever, LateFillTest.FOR_EVER)) {
      replica.pauseReplay();
      writer.invalidate(1, table.write(1, "new"));

      assertThat(reader.load(1)).isEqualTo("old");
      await().until(() -> reader.fenced("position") == 1);
      assertThat(writer.load(1)).isEqualTo("new");

      writer.awaitFills(1);
      assertThat(reader.load(1)).isEqualTo("new");
    }
  }

  @Test
  void nobodyIsShownLessThanHeHasWritten(Redis server) {
    replica.delayReplay(Duration.ofMillis(50));

    assertThat(violations(server, "written", WRITES, true)).isZero();
  }

  @Test
  void whoDoesNotSayWhatHeHasWrittenIsShownLess(Redis server) {
    replica.delayReplay(Duration.ofMillis(50));

    assertThat(violations(server, "silent", CONTROL_WRITES, false)).isPositive();
  }

  private int violations(Redis server, String kind, int writes, boolean tells) {
    var writers = new ArrayList<Fork<Integer>>();
    for (int i = 0; i < WRITERS; i++) {
      long key = i;
      writers.add(
          RequestContext.current().fork(() -> violations(server, kind, key, writes, tells)));
    }
    return writers.stream().mapToInt(Fork::join).sum();
  }

  /** Writes again and again, and reads each time what is shown. */
  private int violations(Redis server, String kind, long key, int writes, boolean tells) {
    Source<Long, StringValue> source =
        tells ? table : (keys, _) -> table.read(keys, WalPosition.START);
    try (var instance = Instance.of(kind, server, source, LateFillTest.FOR_EVER)) {
      int violations = 0;
      for (int i = 0; i < writes; i++) {
        String value = "write " + i;
        WalPosition committed = table.write(key, value);
        instance.invalidate(key, committed);
        if (tells) {
          instance.written.set(committed);
        }
        violations += instance.load(key).equals(value) ? 0 : 1;
      }
      return violations;
    }
  }
}

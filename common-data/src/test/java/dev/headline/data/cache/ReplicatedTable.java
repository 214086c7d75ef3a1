package dev.headline.data.cache;

import com.google.protobuf.StringValue;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headline.data.Snapshot;
import dev.headline.data.WalPosition;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table of a real primary, read from its replica unless that does not show enough. */
final class ReplicatedTable implements Source<Long, StringValue>, AutoCloseable {

  private static final int CONNECTIONS = 4;

  private final HikariDataSource primaryPool;
  private final HikariDataSource replicaPool;
  private final JdbcClient primary;
  private final JdbcClient replica;

  ReplicatedTable(PostgresCluster cluster) {
    primaryPool = pool(cluster, cluster.primary());
    replicaPool = pool(cluster, cluster.replicas().getFirst());
    primary = JdbcClient.create(primaryPool);
    replica = JdbcClient.create(replicaPool);
    var _ = primary.sql("drop table if exists cached").update();
    var _ = primary.sql("create table cached (id bigint primary key, value text)").update();
  }

  /** Commits a row; returns a position after the commit. */
  WalPosition write(long id, String value) {
    var _ =
        primary
            .sql(
                """
                insert into cached (id, value) values (:id, :value)
                on conflict (id) do update set value = excluded.value
                """)
            .param("id", id)
            .param("value", value)
            .update();
    return position(primary, "pg_current_wal_insert_lsn()");
  }

  WalPosition shownByReplica() {
    return position(replica, "pg_last_wal_replay_lsn()");
  }

  @Override
  public Snapshot<Map<Long, StringValue>> read(Set<Long> keys, WalPosition atLeast) {
    WalPosition shown = shownByReplica();
    if (shown.hasReached(atLeast)) {
      return new Snapshot<>(find(keys, replica), shown);
    }
    WalPosition latest = position(primary, "pg_current_wal_insert_lsn()");
    return new Snapshot<>(find(keys, primary), latest);
  }

  private static Map<Long, StringValue> find(Set<Long> keys, JdbcClient node) {
    var found = new HashMap<Long, StringValue>();
    node.sql("select id, value from cached where id in (:ids)")
        .param("ids", keys)
        .query(
            row -> {
              found.put(row.getLong(1), StringValue.of(row.getString(2)));
            });
    return found;
  }

  private static WalPosition position(JdbcClient node, String function) {
    String text = node.sql("select " + function + "::text").query(String.class).single();
    return WalPosition.parse(Objects.requireNonNull(text));
  }

  private static HikariDataSource pool(PostgresCluster cluster, PostgresNode node) {
    var config = new HikariConfig();
    config.setJdbcUrl(node.jdbcUrl("postgres"));
    config.setUsername(PostgresCluster.SUPERUSER);
    config.setPassword(cluster.superuserPassword());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    replicaPool.close();
    primaryPool.close();
  }
}

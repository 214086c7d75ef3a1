package dev.headline.data.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headline.data.DataSettings;
import dev.headline.data.Snapshot;
import dev.headline.data.SynchronousCommit;
import dev.headline.data.WalPosition;
import dev.headline.data.statement.RequestJdbcTemplate;
import dev.headline.data.statement.SqlFailures;
import dev.headline.data.write.PositionedCommit;
import dev.headline.data.write.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The connections to one node of the database, and the gate in front of them. While the node is
 * down, whoever asks hears that within {@value PoolConfig#BORROW_MILLIS} ms, or twice that if
 * others were first; connections are tried in the background until it is back.
 */
public final class Pool implements AutoCloseable {

  private static final String POSITION =
      """
      select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
        else pg_current_wal_insert_lsn() end
      """;

  private final String endpoint;
  private final HikariDataSource connections;
  private final Gate gate;
  private final GatedDataSource gated;
  private final JdbcOperations operations;
  private final JdbcClient client;
  private final Transactions transactions;

  private Pool(
      String endpoint,
      HikariDataSource connections,
      SynchronousCommit commit,
      LongConsumer waited) {
    this.endpoint = endpoint;
    this.connections = connections;
    this.gate = new Gate(connections.getMaximumPoolSize(), waited);
    var failures = new SqlFailures(connections.getPoolName());
    this.gated =
        new GatedDataSource(
            connections,
            gate,
            () -> connections.getHikariPoolMXBean().getTotalConnections() == 0,
            connections::evictConnection,
            failures);
    JdbcTemplate template = new RequestJdbcTemplate(gated);
    template.setExceptionTranslator(failures);
    this.operations = template;
    this.client = JdbcClient.create(template);
    this.transactions =
        new Transactions(
            new PositionedCommit(gated, commit),
            failures,
            () -> connections.getHikariPoolMXBean().softEvictConnections());
  }

  /**
   * The pool of the primary, whichever node that is.
   *
   * @param endpoint its name in metrics and logs
   * @param waited hears how long requests waited for a connection, in nanoseconds
   */
  public static Pool openPrimary(
      String endpoint, DataSettings settings, LongConsumer waited, MeterRegistry registry) {
    return open(endpoint, PoolConfig.primary(endpoint, settings, registry), settings, waited);
  }

  /**
   * The pool of a replica, which refuses to write.
   *
   * @param endpoint the node's name in metrics and logs
   * @param url the node's JDBC URL
   * @param waited hears how long requests waited for a connection, in nanoseconds
   */
  public static Pool openReplica(
      String endpoint,
      String url,
      DataSettings settings,
      LongConsumer waited,
      MeterRegistry registry) {
    return open(endpoint, PoolConfig.replica(endpoint, url, settings, registry), settings, waited);
  }

  private static Pool open(
      String endpoint, HikariConfig config, DataSettings settings, LongConsumer waited) {
    var commit = settings.replication().synchronousCommit();
    return new Pool(endpoint, new HikariDataSource(config), commit, waited);
  }

  public String endpoint() {
    return endpoint;
  }

  /** Its name among all pools. */
  public String name() {
    return connections.getPoolName();
  }

  public JdbcClient client() {
    return client;
  }

  /** What {@link #client()} asks by. */
  public JdbcOperations operations() {
    return operations;
  }

  /** Where requests wait for a connection. */
  public Gate gate() {
    return gate;
  }

  /** A position after all that could be read there when this was called. */
  public WalPosition position() {
    return WalPosition.parse(client.sql(POSITION).query(String.class).single());
  }

  /** Fails whatever is asked there now, because the node does not answer any more. */
  public void abandon() {
    gated.abandon();
  }

  /**
   * Does work in one transaction; see {@link Transactions#run}.
   *
   * @return what the work returned, and a position after the commit
   */
  public <T> Snapshot<T> inTransaction(Function<JdbcClient, T> work) {
    return transactions.run(client, work);
  }

  @Override
  public void close() {
    connections.close();
  }
}

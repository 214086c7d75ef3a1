package dev.headline.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The connections to one node of the database, and the gate in front of them. While the node is
 * down, whoever asks hears that within {@value PoolConfig#BORROW_MILLIS} ms, or twice that if
 * others were first; connections are tried in the background until it is back.
 */
final class Pool implements AutoCloseable {

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
      String endpoint, HikariDataSource connections, SynchronousCommit commit, RouteMeter meter) {
    this.endpoint = endpoint;
    this.connections = connections;
    this.gate = new Gate(connections.getMaximumPoolSize(), meter.waits(endpoint));
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
   */
  static Pool openPrimary(
      String endpoint, DataSettings settings, RouteMeter meter, MeterRegistry registry) {
    return open(endpoint, PoolConfig.primary(endpoint, settings, registry), settings, meter);
  }

  /**
   * The pool of a replica, which refuses to write.
   *
   * @param endpoint the node's name in metrics and logs
   * @param url the node's JDBC URL
   */
  static Pool openReplica(
      String endpoint,
      String url,
      DataSettings settings,
      RouteMeter meter,
      MeterRegistry registry) {
    return open(endpoint, PoolConfig.replica(endpoint, url, settings, registry), settings, meter);
  }

  private static Pool open(
      String endpoint, HikariConfig config, DataSettings settings, RouteMeter meter) {
    var commit = settings.replication().synchronousCommit();
    return new Pool(endpoint, new HikariDataSource(config), commit, meter);
  }

  String endpoint() {
    return endpoint;
  }

  /** Its name among all pools. */
  String name() {
    return connections.getPoolName();
  }

  JdbcClient client() {
    return client;
  }

  /** What {@link #client()} asks by. */
  JdbcOperations operations() {
    return operations;
  }

  /** Where requests wait for a connection. */
  Gate gate() {
    return gate;
  }

  /** A position after all that could be read there when this was called. */
  WalPosition position() {
    return WalPosition.parse(client.sql(POSITION).query(String.class).single());
  }

  /** Fails whatever is asked there now, because the node does not answer any more. */
  void abandon() {
    gated.abandon();
  }

  /**
   * Does work in one transaction; see {@link Transactions#run}.
   *
   * @return what the work returned, and a position after the commit
   */
  <T> Snapshot<T> inTransaction(Function<JdbcClient, T> work) {
    return transactions.run(client, work);
  }

  @Override
  public void close() {
    connections.close();
  }
}

package dev.headline.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * The connections to one node of the database, and the gate in front of them. While the node is
 * down, whoever asks hears that within {@value #BORROW_MILLIS} ms, or twice that if others were
 * first; connections are tried in the background until it is back.
 */
final class Pool implements AutoCloseable {

  /** The least that Hikari takes: a request of 800 ms must hear why it fails before it is over. */
  private static final long BORROW_MILLIS = 250;

  private final String endpoint;
  private final HikariDataSource connections;
  private final JdbcClient client;
  private final PlatformTransactionManager transactions;

  private Pool(String endpoint, HikariDataSource connections) {
    this.endpoint = endpoint;
    this.connections = connections;
    var failures = new SqlFailures(connections.getPoolName());
    var gated =
        new GatedDataSource(
            connections,
            connections.getMaximumPoolSize(),
            () -> connections.getHikariPoolMXBean().getTotalConnections() == 0,
            failures);
    JdbcTemplate template = new RequestJdbcTemplate(gated);
    template.setExceptionTranslator(failures);
    this.client = JdbcClient.create(template);
    var manager = new JdbcTransactionManager(gated);
    manager.setExceptionTranslator(failures);
    this.transactions = manager;
  }

  /**
   * @param endpoint the node's name in metrics and logs
   * @param url the node's JDBC URL
   */
  static Pool open(String endpoint, String url, DataSettings settings, MeterRegistry registry) {
    return new Pool(endpoint, new HikariDataSource(config(endpoint, url, settings, registry)));
  }

  String endpoint() {
    return endpoint;
  }

  JdbcClient client() {
    return client;
  }

  <T> T inTransaction(Function<JdbcClient, T> work) {
    TransactionStatus transaction = begin();
    T result;
    try {
      result = work.apply(client);
    } catch (RuntimeException | Error failure) {
      rollBack(transaction, failure);
      throw failure;
    }
    transactions.commit(transaction);
    return result;
  }

  private TransactionStatus begin() {
    try {
      return transactions.getTransaction(TransactionDefinition.withDefaults());
    } catch (CannotCreateTransactionException e) {
      throw RpcException.from(e.getCause() == null ? e : e.getCause());
    }
  }

  /** What went wrong first is what the caller must hear, even if rolling back goes wrong too. */
  private void rollBack(TransactionStatus transaction, Throwable reason) {
    try {
      transactions.rollback(transaction);
    } catch (RuntimeException failure) {
      reason.addSuppressed(failure);
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private static HikariConfig config(
      String endpoint, String url, DataSettings settings, MeterRegistry registry) {
    var config = new HikariConfig();
    config.setPoolName(settings.username() + "-" + endpoint);
    config.setJdbcUrl(url);
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    // The first login is slow and is done here. It may fail: a node that is down is no reason not
    // to start.
    config.setInitializationFailTimeout(0);
    // The gate lets in only as many as there are connections: what is left to wait for is a login.
    config.setConnectionTimeout(BORROW_MILLIS);
    config.setValidationTimeout(BORROW_MILLIS);
    config.setExceptionOverride(new EvictReadOnly());
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
    // In seconds. A request brings its own limit; these hold where there is none.
    config.addDataSourceProperty("connectTimeout", 1);
    config.addDataSourceProperty("loginTimeout", 2);
    config.addDataSourceProperty("socketTimeout", 30);
    config.addDataSourceProperty("cancelSignalTimeout", 1);
    // What the server says in detail holds values of rows, which belong in no log.
    config.addDataSourceProperty("logServerErrorDetail", false);
    config.addDataSourceProperty("reWriteBatchedInserts", true);
    config.addDataSourceProperty("ApplicationName", config.getPoolName());
    config.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=30s");
    return config;
  }
}

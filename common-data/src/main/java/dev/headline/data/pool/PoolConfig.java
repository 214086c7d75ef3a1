package dev.headline.data.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.headline.data.DataSettings;
import dev.headline.data.statement.SessionBounds;
import io.micrometer.core.instrument.MeterRegistry;

/** How connections are made and kept. */
final class PoolConfig {

  /** The least that Hikari takes: a request of 800 ms must hear why it fails before it is over. */
  static final long BORROW_MILLIS = 250;

  private PoolConfig() {}

  /** Connections to whichever node is the primary. */
  static HikariConfig primary(String endpoint, DataSettings settings, MeterRegistry registry) {
    String url = PrimaryUrl.of(settings.primaryUrl(), settings.replicaUrls());
    return of(endpoint, url, SessionBounds.readWrite(), settings, registry);
  }

  /** Connections to one replica. */
  static HikariConfig replica(
      String endpoint, String url, DataSettings settings, MeterRegistry registry) {
    return of(endpoint, url, SessionBounds.readOnly(), settings, registry);
  }

  private static HikariConfig of(
      String endpoint, String url, String options, DataSettings settings, MeterRegistry registry) {
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
    String commit = settings.replication().synchronousCommit().word();
    driver(config, options + " -c synchronous_commit=" + commit);
    return config;
  }

  /** All as text: of numbers and booleans the driver would find nothing, and say nothing. */
  private static void driver(HikariConfig config, String options) {
    // In seconds, as each but one of the driver's limits is. A node that accepts connections but
    // hangs must be given up before the whole login is, or the next node never has its turn. The
    // limit on the socket is that of the login only: a lease sets its own.
    config.addDataSourceProperty("connectTimeout", "1");
    config.addDataSourceProperty("sslResponseTimeout", "500");
    config.addDataSourceProperty("socketTimeout", "1");
    config.addDataSourceProperty("loginTimeout", "3");
    config.addDataSourceProperty("cancelSignalTimeout", "1");
    // What the server says in detail holds values of rows, which belong in no log.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", config.getPoolName());
    config.addDataSourceProperty("options", options);
  }
}

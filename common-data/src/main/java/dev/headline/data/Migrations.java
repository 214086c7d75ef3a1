package dev.headline.data;

import org.flywaydb.core.Flyway;

/** Brings a service's schema up to date. */
public final class Migrations {

  private Migrations() {}

  /**
   * Runs what is new below {@code db/migration/<service>} on the class path, against the primary.
   * Each service has a folder of its own, because one process may hold several. Waits for a
   * database that is still starting; instances that start together run each migration once.
   *
   * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached for half a
   *     minute, or a migration fails
   */
  public static void run(DataSettings settings, String service) {
    Flyway.configure()
        .dataSource(settings.primaryUrl(), settings.username(), settings.password())
        .locations("classpath:db/migration/" + service)
        .connectRetries(30)
        .connectRetriesInterval(1)
        .load()
        .migrate();
  }
}

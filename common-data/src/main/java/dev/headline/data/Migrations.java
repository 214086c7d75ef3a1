package dev.headline.data;

import dev.headline.data.pool.PrimaryUrl;
import org.flywaydb.core.Flyway;

/** Brings a service's schema up to date. */
public final class Migrations {

  private Migrations() {}

  /**
   * Runs what is new below {@code db/migration/<service>} on the class path, against the primary.
   * Each service has a folder of its own, because one process may hold several. Waits for a
   * database that is still starting; instances that start together run each migration once.
   *
   * <p>The owner is logged in only while this runs. What it creates, the service's own role may
   * read and write by the owner's default privileges, which come with the database.
   *
   * @param settings where the primary is
   * @param owner who creates and changes tables
   * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached for half a
   *     minute, or a migration fails
   */
  public static void run(DataSettings settings, MigrationSettings owner, String service) {
    Flyway.configure()
        .dataSource(
            PrimaryUrl.of(settings.primaryUrl(), settings.replicaUrls()),
            owner.username(),
            owner.password())
        .locations("classpath:db/migration/" + service)
        .connectRetries(30)
        .connectRetriesInterval(1)
        .load()
        .migrate();
  }
}

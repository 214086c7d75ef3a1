package dev.headline.data;

import dev.headline.infra.junit.FreshDatabase;
import java.util.List;

/** Settings for a test's own database, as its owner, because tests create tables. */
public final class Routers {

  private Routers() {}

  /** Settings as a service has them: its role may do nothing but read and write rows. */
  public static DataSettings asService(FreshDatabase database, int poolSize) {
    return new DataSettings(
        database.primaryUrl(),
        database.replicaUrls(),
        database.role(),
        database.password(),
        poolSize);
  }

  public static void migrate(FreshDatabase database) {
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(asService(database, 1), owner, "data-test");
  }

  public static DataSettings settings(FreshDatabase database, int poolSize) {
    return new DataSettings(
        database.primaryUrl(),
        database.replicaUrls(),
        database.owner().name(),
        database.owner().password(),
        poolSize);
  }

  public static DataSettings primaryOnly(FreshDatabase database, int poolSize) {
    return new DataSettings(
        database.primaryUrl(),
        List.of(),
        database.owner().name(),
        database.owner().password(),
        poolSize);
  }
}

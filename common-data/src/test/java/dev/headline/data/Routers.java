package dev.headline.data;

import dev.headline.infra.junit.FreshDatabase;
import java.util.List;

/** Settings for a test's own database. */
final class Routers {

  private Routers() {}

  static DataSettings settings(FreshDatabase database, int poolSize) {
    return new DataSettings(
        database.primaryUrl(),
        database.replicaUrls(),
        database.role(),
        database.password(),
        poolSize);
  }

  static DataSettings primaryOnly(FreshDatabase database, int poolSize) {
    return new DataSettings(
        database.primaryUrl(), List.of(), database.role(), database.password(), poolSize);
  }
}

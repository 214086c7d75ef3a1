package dev.headline.loadtest.experiment.cache;

import dev.headline.data.DataSettings;
import java.util.List;

/**
 * Where the database and Redis are, as one line for a child.
 *
 * @param primaryUrl JDBC URL
 * @param replicaUrl JDBC URL
 * @param redisUrl such as {@code redis://127.0.0.1:6379}
 */
record Places(String primaryUrl, String replicaUrl, String redisUrl) {

  /** The role that reads, and its database. */
  static final String NAME = "content";

  /** Of a database that lives as long as the experiment. */
  static final String PASSWORD = "only-for-this-experiment";

  static Places parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Places(parts[0], parts[1], parts[2]);
  }

  DataSettings database() {
    return new DataSettings(primaryUrl, List.of(replicaUrl), NAME, PASSWORD, 0);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(primaryUrl, replicaUrl, redisUrl);
  }
}

package dev.headline.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a service's database is and how to log in. The components are the properties below {@code
 * headline.data}, such as {@code headline.data.primary-url}.
 *
 * @param primaryUrl JDBC URL of the node that takes writes
 * @param replicaUrls JDBC URLs of the nodes that only read; empty (or left out) if there is none
 * @param username the role to log in with; also the name of this database in metrics, because every
 *     service has a role of its own
 * @param password never has a default
 * @param poolSize connections to each node, 1 to 100; 0 (or left out) means {@value
 *     #DEFAULT_POOL_SIZE}
 */
public record DataSettings(
    String primaryUrl, List<String> replicaUrls, String username, String password, int poolSize) {

  /** Small, as more connections than the database has cores and disks only add to the queue. */
  public static final int DEFAULT_POOL_SIZE = 8;

  /** Checks what a binder found, which is null or zero where it found nothing. */
  public DataSettings(
      @Nullable String primaryUrl,
      @Nullable List<String> replicaUrls,
      @Nullable String username,
      @Nullable String password,
      int poolSize) {
    this.primaryUrl = required(primaryUrl, "primary-url");
    this.replicaUrls = replicaUrls == null ? List.of() : List.copyOf(replicaUrls);
    this.username = required(username, "username");
    this.password = required(password, "password");
    this.poolSize = poolSize == 0 ? DEFAULT_POOL_SIZE : poolSize;
    if (this.poolSize < 1 || this.poolSize > 100) {
      throw new IllegalArgumentException(
          "headline.data.pool-size must be 1 to 100, but is " + poolSize);
    }
  }

  /** These settings without the password. */
  @Override
  public String toString() {
    return "%s at %s, replicas %s, %d connections each"
        .formatted(username, primaryUrl, replicaUrls, poolSize);
  }

  private static String required(@Nullable String value, String property) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "headline.data.%s is missing and has no default".formatted(property));
    }
    return value;
  }
}

package dev.headline.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;

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
 * @param replication when replicas are read
 */
public record DataSettings(
    String primaryUrl,
    List<String> replicaUrls,
    String username,
    String password,
    int poolSize,
    ReplicationSettings replication) {

  /** Small, as more connections than the database has cores and disks only add to the queue. */
  public static final int DEFAULT_POOL_SIZE = 8;

  /** Checks what a binder found, which is null or zero where it found nothing. */
  @ConstructorBinding
  public DataSettings(
      @Nullable String primaryUrl,
      @Nullable List<String> replicaUrls,
      @Nullable String username,
      @Nullable String password,
      int poolSize,
      @Nullable ReplicationSettings replication) {
    this.primaryUrl = required(primaryUrl, "primary-url");
    this.replicaUrls = replicaUrls == null ? List.of() : List.copyOf(replicaUrls);
    this.username = required(username, "username");
    this.password = required(password, "password");
    this.poolSize = poolSize == 0 ? DEFAULT_POOL_SIZE : poolSize;
    if (this.poolSize < 1 || this.poolSize > 100) {
      throw new IllegalArgumentException(
          "headline.data.pool-size must be 1 to 100, but is " + poolSize);
    }
    this.replication = replication == null ? ReplicationSettings.DEFAULT : replication;
    if (this.replication.primaryReads() > this.poolSize) {
      throw new IllegalArgumentException(
          "headline.data.replication.primary-reads is at most the pool's size of %d, but is %d"
              .formatted(this.poolSize, this.replication.primaryReads()));
    }
  }

  /** Settings that say nothing of replication. */
  public DataSettings(
      @Nullable String primaryUrl,
      @Nullable List<String> replicaUrls,
      @Nullable String username,
      @Nullable String password,
      int poolSize) {
    this(primaryUrl, replicaUrls, username, password, poolSize, null);
  }

  /** The same with other settings of replication. */
  public DataSettings with(ReplicationSettings other) {
    return new DataSettings(primaryUrl, replicaUrls, username, password, poolSize, other);
  }

  /** How many reads the primary does at a time because no replica is fit. */
  public int primaryReads() {
    int places = replication.primaryReads();
    return places == 0 ? Math.max(1, poolSize / 2) : places;
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

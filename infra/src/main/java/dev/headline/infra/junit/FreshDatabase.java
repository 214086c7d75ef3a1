package dev.headline.infra.junit;

import java.util.List;

/**
 * An empty database, there on the primary and on every replica.
 *
 * @param name unique in this JVM
 * @param role its owner, who can do everything in it and nothing elsewhere
 * @param password the owner's
 * @param primaryUrl for JDBC, without user and password
 * @param replicaUrls for JDBC, one per replica
 */
public record FreshDatabase(
    String name, String role, String password, String primaryUrl, List<String> replicaUrls) {

  public FreshDatabase {
    replicaUrls = List.copyOf(replicaUrls);
  }
}

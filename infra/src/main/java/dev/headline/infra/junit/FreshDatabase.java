package dev.headline.infra.junit;

import dev.headline.infra.InfraException;
import dev.headline.infra.postgres.DatabaseRole;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * An empty database, there on the primary and on every replica.
 *
 * @param name unique in this JVM
 * @param owner who can do everything in it and nothing elsewhere
 * @param service who can read and write the rows of what the owner creates, and nothing else
 * @param primaryUrl for JDBC, without user and password
 * @param replicaUrls for JDBC, one per replica
 */
public record FreshDatabase(
    String name,
    DatabaseRole owner,
    DatabaseRole service,
    String primaryUrl,
    List<String> replicaUrls) {

  public FreshDatabase {
    replicaUrls = List.copyOf(replicaUrls);
  }

  /** The service's name. */
  public String role() {
    return service.name();
  }

  /** The service's password. */
  public String password() {
    return service.password();
  }

  /** Does what a service may not do, such as creating a table or emptying one. */
  public void asOwner(String sql) {
    try (var connection = DriverManager.getConnection(primaryUrl, owner.name(), owner.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new InfraException("The owner of %s was refused".formatted(name), failure);
    }
  }
}

package dev.headline.infra.postgres;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.process.Await;
import dev.headline.infra.process.FreePorts;
import dev.headline.infra.process.Machine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A primary and its streaming replicas. What {@link #start} finds in the folder is started again,
 * after any kind of end; a replica that cannot follow from where it is gets a fresh copy.
 */
public final class PostgresCluster implements AutoCloseable {

  /** The role that may do everything. */
  public static final String SUPERUSER = Secrets.SUPERUSER;

  private final Installation installation;
  private final PostgresNode primary;
  private final List<PostgresReplica> replicas = new ArrayList<>();

  private PostgresCluster(Installation installation, PostgresNode primary) {
    this.installation = installation;
    this.primary = primary;
  }

  /**
   * Starts the nodes and blocks until the primary takes writes and every replica streams: about 2 s
   * for a new pair, 1 s for one that exists.
   *
   * @throws InfraException if that fails; nothing is left running, and the message names the folder
   *     or ends with the server's log
   */
  public static PostgresCluster start(PostgresSettings settings) {
    Installation installation = Installation.open(settings, Machine.current());
    Endpoint endpoint = FreePorts.endpoint(settings.primaryPort());
    PostgresCluster cluster =
        new PostgresCluster(installation, PostgresPrimary.start(installation, endpoint));
    try {
      cluster.startReplicas();
      return cluster;
    } catch (RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  private void startReplicas() {
    for (int number = 1; number <= installation.settings().replicas(); number++) {
      Endpoint endpoint = FreePorts.endpoint(0);
      replicas.add(PostgresReplica.start(installation, "replica-" + number, endpoint, primary));
    }
  }

  /** The node that takes writes. */
  public PostgresNode primary() {
    return primary;
  }

  /** The others, as many as the settings say. */
  public List<PostgresReplica> replicas() {
    return List.copyOf(replicas);
  }

  /** The password of {@link #SUPERUSER}, drawn when the cluster was created. */
  public String superuserPassword() {
    return installation.secrets().password();
  }

  /**
   * Makes sure that there is a database, owned by a role with this password. Creates what is
   * missing and changes the password of a role that exists; data is never touched. Other roles
   * cannot connect to the database.
   */
  public void createDatabase(String name, String role, String password) {
    try (Connection connection = primary.connect()) {
      new Databases(connection).create(name, role, password);
    } catch (SQLException failure) {
      throw new InfraException("cannot create database " + name, failure);
    }
  }

  /**
   * Blocks until every replica has applied what is committed on the primary now.
   *
   * @throws InfraException if that takes longer than the limit
   */
  public void awaitReplicas(Duration limit) {
    try (Connection connection = primary.connect()) {
      String position = Position.of(connection);
      for (PostgresReplica replica : replicas) {
        if (!Await.within(limit, () -> Position.isReplayed(replica, position))) {
          throw new InfraException("%s has not replayed %s".formatted(replica, position));
        }
      }
    } catch (SQLException failure) {
      throw new InfraException("cannot read the position of " + primary, failure);
    }
  }

  /** Replicas first: a primary would wait for one that is paused. */
  @Override
  public void close() {
    replicas.forEach(PostgresReplica::close);
    primary.close();
  }
}

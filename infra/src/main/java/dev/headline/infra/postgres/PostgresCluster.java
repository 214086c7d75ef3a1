package dev.headline.infra.postgres;

import static java.util.Comparator.comparingLong;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.process.Await;
import dev.headline.infra.process.FreePorts;
import dev.headline.infra.process.Machine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A primary and its streaming replicas. What {@link #start} finds in the folder is started again,
 * after any kind of end; a replica that cannot follow from where it is gets a fresh copy.
 */
public final class PostgresCluster implements AutoCloseable {

  /** The role that may do everything. */
  public static final String SUPERUSER = Secrets.SUPERUSER;

  private static final Duration RELOAD = Duration.ofSeconds(10);

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
   * Makes sure that there is a database which the one role owns, and in which the other may read
   * and write rows, but create, change, empty or drop nothing. Creates what is missing, changes the
   * passwords of roles that exist, and hands what the service owns to the owner; rows are never
   * touched. Other roles cannot connect to the database.
   */
  public void createDatabase(String name, DatabaseRole owner, DatabaseRole service) {
    try {
      new Databases(primary, name, owner, service).create();
    } catch (SQLException failure) {
      throw new InfraException("cannot create database " + name, failure);
    }
  }

  /**
   * Lets commits wait until so many replicas, whichever they are, have them on disk as well; 0 ends
   * that. Without it, what is committed shortly before the primary dies may die with it.
   */
  public void acknowledgeBy(int count) {
    String names =
        replicas.stream().map(each -> '"' + each.name() + '"').collect(Collectors.joining(", "));
    String standbys = count == 0 ? "" : "ANY %d (%s)".formatted(count, names);
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(standbys));
    primary.execute("SELECT pg_reload_conf()");
    String holds = "current_setting('synchronous_standby_names') = '%s'".formatted(standbys);
    if (!Await.within(RELOAD, () -> primary.is(holds))) {
      throw new InfraException(primary + " did not take over whom it waits for");
    }
  }

  /**
   * Promotes the replica that has received the most, which no acknowledged commit is beyond if
   * commits waited for a replica. For a primary that is down.
   *
   * @return the node that takes writes now
   */
  public PostgresReplica promoteFurthest() {
    PostgresReplica furthest = Collections.max(replicas, comparingLong(PostgresReplica::received));
    furthest.promote();
    return furthest;
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

package dev.headline.infra.postgres;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.process.Await;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hot standby that streams from the primary and answers reads. */
public final class PostgresReplica extends PostgresNode {

  private static final Logger log = LoggerFactory.getLogger(PostgresReplica.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final PostgresNode primary;

  private PostgresReplica(
      Installation installation, String name, Endpoint endpoint, PostgresNode primary) {
    super(installation, name, endpoint);
    this.primary = primary;
  }

  /** Starts it from its own data if it can follow from there, else from a copy of the primary's. */
  static PostgresReplica start(
      Installation installation, String name, Endpoint endpoint, PostgresNode primary) {
    PostgresReplica replica = new PostgresReplica(installation, name, endpoint, primary);
    if (!Files.isDirectory(replica.data()) || !replica.follows()) {
      replica.reseed();
    }
    return replica;
  }

  /**
   * Throws its data away, copies the primary's while that one runs, and starts anew.
   *
   * @throws InfraException if the primary is down, or the replica does not stream afterwards
   */
  public void reseed() {
    close();
    BaseBackup.copy(primary, this);
    start();
    if (!streamsSoon()) {
      throw new InfraException("%s does not stream; see %s".formatted(this, log()));
    }
  }

  /**
   * Stops applying what it receives: its reads grow stale until {@link #resumeReplay}. Blocks until
   * nothing more is applied.
   */
  public void pauseReplay() {
    execute("SELECT pg_wal_replay_pause()");
    boolean paused = Await.within(LIMIT, () -> is("pg_get_wal_replay_pause_state() = 'paused'"));
    if (!paused) {
      throw new InfraException(this + " did not pause its replay");
    }
  }

  /** Applies what has piled up, and goes on. */
  public void resumeReplay() {
    execute("SELECT pg_wal_replay_resume()");
  }

  /**
   * Applies each commit this much later than it was made; zero ends that. Blocks until that holds.
   */
  public void delayReplay(Duration delay) {
    execute("ALTER SYSTEM SET recovery_min_apply_delay = '%dms'".formatted(delay.toMillis()));
    execute("SELECT pg_reload_conf()");
    String holds =
        "current_setting('recovery_min_apply_delay')::interval = '%d ms'::interval"
            .formatted(delay.toMillis());
    if (!Await.within(LIMIT, () -> is(holds))) {
      throw new InfraException(this + " did not take its delay over");
    }
  }

  /**
   * Makes it a primary that takes writes, and blocks until it is one. Whoever calls this sees to it
   * that the old primary is down and stays so; a cluster that is started again from its folder goes
   * on with the old one.
   */
  public void promote() {
    execute("SELECT pg_promote(wait_seconds => %d)".formatted(LIMIT.toSeconds()));
    if (!Await.within(LIMIT, () -> is("NOT pg_is_in_recovery()"))) {
      throw new InfraException(this + " did not become a primary");
    }
  }

  /** How far it has received what the primary wrote, in bytes; the next primary is the furthest. */
  public long received() {
    return number("pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')");
  }

  /** Whether it is connected to the primary and receiving. */
  public boolean isStreaming() {
    return is("EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')");
  }

  @Override
  List<String> ownParameters() {
    String source =
        "host=%s port=%d user=%s passfile='%s' application_name=%s"
            .formatted(
                primary.endpoint().host(),
                primary.endpoint().port(),
                Secrets.SUPERUSER,
                installation().secrets().passFile(),
                name());
    return Parameters.options("primary_conninfo=" + source);
  }

  private boolean follows() {
    try {
      start();
      if (streamsSoon()) {
        return true;
      }
      log.warn("{} cannot follow the primary from where it is: seeding it again", this);
    } catch (InfraException failure) {
      log.warn("{} cannot start from its own data: seeding it again", this, failure);
    }
    return false;
  }

  private boolean streamsSoon() {
    return Await.within(LIMIT, this::isStreaming);
  }
}

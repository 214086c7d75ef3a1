package dev.headline.infra.postgres;

import java.nio.file.Path;

/**
 * How to run a cluster.
 *
 * @param folder holds data, logs and passwords; what is there already is started again. When root
 *     starts the cluster, every parent must be passable for the unprivileged user it runs as
 * @param primaryPort where the primary listens, 0 for any free port; replicas take free ones
 * @param replicas how many streaming replicas, 0 or more
 * @param maxConnections per node, 10 or more
 * @param fsync whether a commit waits for the disk; off is for tests, which lose nothing. They have
 *     no autovacuum either, so that the only transactions are their own
 */
public record PostgresSettings(
    Path folder, int primaryPort, int replicas, int maxConnections, boolean fsync) {

  public PostgresSettings {
    folder = folder.toAbsolutePath().normalize();
    if (primaryPort < 0 || primaryPort > 65_535) {
      throw new IllegalArgumentException("primaryPort must be 0 to 65535, was " + primaryPort);
    }
    if (replicas < 0) {
      throw new IllegalArgumentException("replicas must not be negative, was " + replicas);
    }
    if (maxConnections < 10) {
      throw new IllegalArgumentException("maxConnections must be 10 or more: " + maxConnections);
    }
  }

  /** Any free port, one replica, 200 connections, durable. */
  public static PostgresSettings in(Path folder) {
    return new PostgresSettings(folder, 0, 1, 200, true);
  }

  /** The same with a fixed port for the primary. */
  public PostgresSettings withPrimaryPort(int port) {
    return new PostgresSettings(folder, port, replicas, maxConnections, fsync);
  }

  /** The same with another number of replicas. */
  public PostgresSettings withReplicas(int count) {
    return new PostgresSettings(folder, primaryPort, count, maxConnections, fsync);
  }

  /** The same with another number of connections. */
  public PostgresSettings withMaxConnections(int count) {
    return new PostgresSettings(folder, primaryPort, replicas, count, fsync);
  }

  /** The same, durable or not. */
  public PostgresSettings withFsync(boolean on) {
    return new PostgresSettings(folder, primaryPort, replicas, maxConnections, on);
  }
}

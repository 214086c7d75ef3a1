package dev.headline.data;

import java.util.Locale;

/**
 * For what a commit waits, as Postgres names it. Each waits for what the ones before it wait for.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT">
 *     synchronous_commit</a>
 */
public enum SynchronousCommit {
  /** Nothing: the last commits are lost if the primary crashes. */
  OFF,
  /** The primary's disk. */
  LOCAL,
  /** Enough replicas have it in memory; those that {@code synchronous_standby_names} asks for. */
  REMOTE_WRITE,
  /** Enough replicas have it on disk. Without synchronous replicas the same as {@link #LOCAL}. */
  ON,
  /** Enough replicas show it to readers. */
  REMOTE_APPLY;

  /** The server's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

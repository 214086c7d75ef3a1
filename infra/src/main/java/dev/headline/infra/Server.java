package dev.headline.infra;

import java.nio.file.Path;

/**
 * One server process and the faults it can be put through. It listens on loopback and its port
 * stays the same over restarts. Operations on one server must not overlap; different servers are
 * independent. Every operation is bounded in time and throws {@link InfraException}, with the end
 * of the server's log, if it does not succeed.
 */
public interface Server extends AutoCloseable {

  /** A name for people and log files, such as {@code replica-1}. */
  String name();

  /** Where it listens. */
  Endpoint endpoint();

  /** The server's own process id, not that of its guard. */
  long pid();

  /** Whether the process exists; a paused one does. */
  boolean isAlive();

  /** What the server has written, over all its starts. */
  Path log();

  /**
   * SIGKILL for the process and its children, as a crash would end them; waits until all are gone.
   */
  void kill();

  /** SIGSTOP for the process and its children: connections stay open and nothing answers. */
  void pause();

  /** SIGCONT: undoes {@link #pause}. */
  void resume();

  /** Stops it if it runs, starts it on the same port and waits until it is ready. */
  void restart();

  /** Stops it in its own orderly way, or by SIGKILL if that takes too long. May be called twice. */
  @Override
  void close();
}

package dev.headline.infra.postgres;

import dev.headline.infra.InfraException;
import dev.headline.infra.process.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code postmaster.pid}, by which Postgres guards a data folder. Postgres itself takes any process
 * of its own user with that id for an owner, even one that was given the id later; we look closer.
 */
final class PidFile {

  /** The guard of a JVM that was killed may still be stopping the server. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private PidFile() {}

  /**
   * Removes what a dead server has left.
   *
   * @throws InfraException if a living server owns the folder and does not go away
   */
  static void clear(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return;
      }
      List<String> lines = Files.readAllLines(file);
      String pid = lines.isEmpty() ? "" : lines.getFirst().strip();
      Path folder = data.toRealPath();
      if (!Await.within(PATIENCE, () -> !worksIn(pid, folder))) {
        throw new InfraException("process %s is running Postgres in %s".formatted(pid, data));
      }
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new InfraException("cannot read " + file, failure);
    }
  }

  private static boolean worksIn(String pid, Path folder) {
    try {
      return folder.equals(Files.readSymbolicLink(Path.of("/proc", pid, "cwd")));
    } catch (IOException deadOrNotOurs) {
      return false;
    }
  }
}

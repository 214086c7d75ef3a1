package dev.headline.infra.binary;

import dev.headline.infra.InfraException;
import dev.headline.infra.process.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs unpacked once per version, for all JVMs of this user. Safe under any number of JVMs at
 * once: each unpacks beside the target and renames, and the first rename wins.
 *
 * <p>The folder is {@code HEADLINE_CACHE}, else {@code XDG_CACHE_HOME/headline}, else {@code
 * ~/.cache/headline}. Root's servers run as an unprivileged user, who must reach the programs:
 * where a parent is closed to that user (as {@code /root} is), {@code /var/cache/headline} takes
 * its place. Only root can write there, so nobody else can slip in a program.
 *
 * @param folder holds one folder per program and version
 */
public record BinaryCache(Path folder) {

  private static final Logger log = LoggerFactory.getLogger(BinaryCache.class);
  private static final Path FOR_ROOT = Path.of("/var/cache/headline");

  /** Writes a program's files into an empty folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /** The cache of this machine's user. */
  public static BinaryCache of(Machine machine) {
    Path wanted =
        machine
            .variable("HEADLINE_CACHE")
            .map(Path::of)
            .or(() -> machine.variable("XDG_CACHE_HOME").map(base -> Path.of(base, "headline")))
            .orElseGet(() -> machine.home().resolve(".cache").resolve("headline"))
            .toAbsolutePath();
    Optional<Path> obstacle = machine.account().obstacle(wanted.resolve("program"));
    if (obstacle.isEmpty()) {
      return new BinaryCache(wanted);
    }
    log.debug("{} is closed to the servers' user: caching in {}", obstacle.get(), FOR_ROOT);
    return new BinaryCache(FOR_ROOT);
  }

  /** The folder with that key, filled on the first call. */
  Path folder(String key, Filler filler) {
    Path target = folder.resolve(key);
    if (Files.isDirectory(target)) {
      return target;
    }
    Path draft = folder.resolve(".draft-" + UUID.randomUUID());
    try {
      createOpenFolder(folder);
      createOpenFolder(draft);
      filler.fill(draft);
      publish(draft, target);
      return target;
    } catch (IOException failure) {
      throw new InfraException("cannot unpack %s into %s".formatted(key, folder), failure);
    } finally {
      discard(draft);
    }
  }

  private static void publish(Path draft, Path target) throws IOException {
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      // A folder that is not empty is never replaced: another JVM was first, and its files are
      // ours.
      if (!Files.isDirectory(target)) {
        throw failure;
      }
    }
  }

  private static void discard(Path draft) {
    try {
      FileTree.delete(draft);
    } catch (IOException failure) {
      log.warn("cannot delete {}", draft, failure);
    }
  }

  private static void createOpenFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

package dev.headline.allinone.platform;

import dev.headline.infra.process.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The folder in which a platform keeps everything that it writes.
 *
 * @param folder absolute; created when needed, for its owner only
 */
public record Home(Path folder) {

  private static final int LONGEST_SOCKET_FOLDER = 75;

  /** What the shell writes before it starts a platform in the background. */
  private static final Set<String> BEFORE_THE_PLATFORM =
      Set.of("logs", "lock", "topology", "processes");

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Creates the folders where there are none yet.
   *
   * @throws PlatformException if there are files of somebody else: what a platform does not own, it
   *     must not be told to delete
   */
  Home create() {
    try {
      Files.createDirectories(folder);
      if (!Files.exists(mark())) {
        requireNothingOfOthers();
      }
      Files.writeString(mark(), data(Account.current()) + "\n");
      for (Path part : new Path[] {logs(), run()}) {
        Files.createDirectories(part);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
      }
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write in " + folder, failure);
    }
  }

  /** Where each process writes {@code NAME.log}. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** What is only of use while the platform runs: the settings of each instance. */
  Path run() {
    return folder.resolve("run");
  }

  /** The random passwords, readable by the owner only. */
  Path secrets() {
    return folder.resolve("secrets");
  }

  /** What {@link State} says, as JSON. */
  Path state() {
    return folder.resolve("state.json");
  }

  /** The same processes for the shell: process id, start ticks, name, log, service, door. */
  Path processes() {
    return folder.resolve("processes");
  }

  /**
   * Marks the folder as a platform's, and says where the databases are, for the one who wipes both
   * when nothing runs.
   */
  private Path mark() {
    return folder.resolve("data-folder");
  }

  private void requireNothingOfOthers() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!BEFORE_THE_PLATFORM.contains(entry.getFileName().toString())) {
          throw new PlatformException(
              "%s holds files that are not a platform's, such as %s: choose an empty folder"
                  .formatted(folder, entry.getFileName()));
        }
      }
    }
  }

  /** What a log is called. */
  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /**
   * A folder for sockets, whose paths the system limits to 107 bytes: in the home if that is near
   * the root, else in the folder for temporary files. Whoever can enter it can call the services,
   * so nobody else can.
   *
   * @throws PlatformException if somebody else was there first
   */
  Path sockets() {
    Path folder = run();
    if (folder.toString().length() > LONGEST_SOCKET_FOLDER) {
      folder = Path.of(System.getProperty("java.io.tmpdir"), "headline-run-" + key());
    }
    try {
      return PrivateFolder.at(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot create a folder for sockets: " + folder, failure);
    }
  }

  /**
   * Where databases are: in the home, unless the servers' user cannot get there (Postgres refuses
   * to run as root, and others may not enter {@code /root}). Then it is a folder of its own under
   * {@code /var/tmp}, always the same for the same home.
   */
  public Path data(Account account) {
    Path data = folder.resolve("data");
    if (account.obstacle(data).isEmpty()) {
      return data;
    }
    return Path.of("/var/tmp", "headline-" + key());
  }

  private String key() {
    return UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}

package dev.headline.infra.process;

import dev.headline.infra.InfraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user that servers run as. An ordinary user runs them directly. Postgres refuses root, so root
 * becomes an unprivileged user first, by {@code setpriv}, which also works inside a container.
 *
 * @param root whether this JVM runs as root
 */
public record Account(boolean root) {

  /**
   * The user and group "nobody". It needs a line in {@code /etc/passwd}: initdb asks for its name.
   */
  private static final int NOBODY = 65_534;

  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  /** The account of this JVM. */
  public static Account current() {
    try {
      return new Account(Integer.valueOf(0).equals(Files.getAttribute(self(), "unix:uid")));
    } catch (IOException failure) {
      throw new InfraException("cannot read who this process runs as", failure);
    }
  }

  private static Path self() {
    return Path.of("/proc/self");
  }

  /** The command, run as the servers' user. The program keeps the process id it is started with. */
  public List<String> command(List<String> command) {
    if (!root) {
      return command;
    }
    List<String> line = new ArrayList<>();
    line.add("setpriv");
    line.add("--reuid=" + NOBODY);
    line.add("--regid=" + NOBODY);
    line.add("--clear-groups");
    line.addAll(command);
    return List.copyOf(line);
  }

  /** Gives a file or an (empty) folder to the servers' user. */
  public void own(Path path) throws IOException {
    if (root) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  /** Creates the folder and its parents if need be; it then belongs to the servers' user alone. */
  public void createPrivateFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    own(folder);
    Files.setPosixFilePermissions(folder, PRIVATE_FOLDER);
  }

  /**
   * The first folder above this path that the servers' user may not pass, such as {@code /root};
   * empty if the path can be reached. Folders that do not exist yet count as passable.
   */
  public Optional<Path> obstacle(Path path) {
    if (!root) {
      return Optional.empty();
    }
    Path absolute = path.toAbsolutePath().normalize();
    Path step = absolute.getRoot();
    for (Path name : absolute) {
      if (Files.isDirectory(step) && !searchable(step)) {
        return Optional.of(step);
      }
      step = step.resolve(name);
    }
    return Optional.empty();
  }

  private static boolean searchable(Path folder) {
    try {
      Map<String, Object> attributes = Files.readAttributes(folder, "unix:uid,gid,permissions");
      PosixFilePermission needed = PosixFilePermission.OTHERS_EXECUTE;
      if (Integer.valueOf(NOBODY).equals(attributes.get("uid"))) {
        needed = PosixFilePermission.OWNER_EXECUTE;
      } else if (Integer.valueOf(NOBODY).equals(attributes.get("gid"))) {
        needed = PosixFilePermission.GROUP_EXECUTE;
      }
      return Files.getPosixFilePermissions(folder).contains(needed);
    } catch (IOException failure) {
      throw new InfraException("cannot read the permissions of " + folder, failure);
    }
  }
}

package dev.headline.allinone.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;

/**
 * A folder that nobody else can enter. Where its name can be guessed, as in the folder for
 * temporary files, somebody else may have made it first, to have what is put there: such a one is
 * refused.
 */
final class PrivateFolder {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private PrivateFolder() {}

  /**
   * Creates the folder, or takes one that this user has made before.
   *
   * @throws PlatformException if it is a link or a file, of somebody else, or open to others
   * @throws IOException if it cannot be created
   */
  static Path at(Path folder) throws IOException {
    Files.createDirectories(Objects.requireNonNull(folder.getParent(), "not the root"));
    try {
      return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException _) {
      return taken(folder);
    }
  }

  private static Path taken(Path folder) throws IOException {
    var found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()) {
      throw refusal(folder, "is no folder");
    }
    if (!owner(folder).equals(owner(Path.of("/proc/self/")))) {
      throw refusal(folder, "belongs to " + found.owner().getName());
    }
    if (!Collections.disjoint(found.permissions(), OTHERS_WRITE)) {
      throw refusal(folder, "was open to others");
    }
    return Files.setPosixFilePermissions(folder, OWNER_ONLY);
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }

  private static PlatformException refusal(Path folder, String why) {
    return new PlatformException(
        "%s %s, and is to be a private folder: remove it, or choose another HEADLINE_HOME"
            .formatted(folder, why));
  }
}

package dev.headline.allinone.endtoend;

import dev.headline.allinone.platform.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Homes that a test can throw away. */
final class Homes {

  private Homes() {}

  /**
   * With the data inside: JUnit's folders are closed to others, and Postgres is one if we are root.
   */
  static Home in(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return new Home(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

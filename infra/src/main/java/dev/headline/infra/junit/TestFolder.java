package dev.headline.infra.junit;

import dev.headline.infra.binary.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A temporary folder that the servers' user can pass even if root runs the tests, which is not so
 * for JUnit's own. Deleted with its content by {@link #close}.
 *
 * @param path below {@code java.io.tmpdir}
 */
public record TestFolder(Path path) implements AutoCloseable {

  /** A new, empty folder. */
  public static TestFolder create() {
    try {
      Path path = Files.createTempDirectory("headline-test");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      return new TestFolder(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package dev.headline.allinone.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random passwords, made when they are first asked for and kept in a file that only its owner can
 * read. For one thread.
 */
final class Secrets {

  private static final int BYTES = 24;

  private final Path file;
  private final RandomGenerator random;

  Secrets(Path file) {
    this(file, new SecureRandom());
  }

  Secrets(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /** The password of that name; the same one as long as the file is there. */
  String password(String name) {
    try {
      List<String> lines = new ArrayList<>();
      if (Files.exists(file)) {
        lines.addAll(Files.readAllLines(file));
      } else {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      String prefix = name + "=";
      for (String line : lines) {
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
      String password = generate();
      lines.add(prefix + password);
      Files.write(file, lines);
      return password;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot keep a password in " + file, failure);
    }
  }

  private String generate() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

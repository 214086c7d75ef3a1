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
 * Random passwords and keys, made when they are first asked for and kept in a file that only its
 * owner can read. For one thread.
 */
final class Secrets {

  private static final int PASSWORD_BYTES = 24;
  private static final int KEY_BYTES = 32;

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
    return secret(name, PASSWORD_BYTES, Base64.getUrlEncoder().withoutPadding());
  }

  /** The key of that name, 32 bytes in base64; the same one as long as the file is there. */
  String key(String name) {
    return secret(name, KEY_BYTES, Base64.getEncoder());
  }

  private String secret(String name, int bytes, Base64.Encoder encoder) {
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
      String secret = generate(bytes, encoder);
      lines.add(prefix + secret);
      Files.write(file, lines);
      return secret;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot keep a secret in " + file, failure);
    }
  }

  private String generate(int size, Base64.Encoder encoder) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return encoder.encodeToString(bytes);
  }
}

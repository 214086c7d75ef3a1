package dev.headline.infra.postgres;

import dev.headline.infra.process.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The superuser's password, drawn at random when the cluster is created and kept beside its data.
 *
 * @param password 32 characters that need no quoting anywhere
 * @param passwordFile holds nothing else; for initdb
 * @param passFile in libpq's format; for replicas, whose command line everybody can read
 */
record Secrets(String password, Path passwordFile, Path passFile) {

  static final String SUPERUSER = "postgres";
  private static final int BYTES = 24;

  static Secrets open(Path folder, Account account) throws IOException {
    Path passwordFile = folder.resolve("superuser.password");
    Path passFile = folder.resolve("replication.pgpass");
    if (!Files.exists(passwordFile)) {
      write(passwordFile, draw() + "\n", account);
    }
    String password = Files.readString(passwordFile).strip();
    write(passFile, "*:*:*:%s:%s%n".formatted(SUPERUSER, password), account);
    return new Secrets(password, passwordFile, passFile);
  }

  private static String draw() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Never readable by others, not even for a moment, and never half written. */
  private static void write(Path file, String text, Account account) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    account.own(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Secrets[" + passwordFile + "]";
  }
}

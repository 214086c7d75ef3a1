package dev.headline.infra.postgres;

import dev.headline.infra.process.Account;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Copies a data folder while its server runs and changes it. Files may vanish under our hands; that
 * is allowed, the replica replays what happened from the log.
 */
final class DataCopy extends SimpleFileVisitor<Path> {

  /** Of these the manual wants the folder and not what is in it. */
  private static final Set<String> EMPTY_FOLDERS =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> SKIPPED_FILES =
      Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "pg_control");

  private final Path from;
  private final Path to;
  private final Account account;

  DataCopy(Path from, Path to, Account account) {
    this.from = from;
    this.to = to;
    this.account = account;
  }

  void run() throws IOException {
    Files.walkFileTree(from, this);
    // Last, so that it is never older than the files it describes.
    copy(from.resolve("global/pg_control"));
  }

  /** Writes a file that the primary does not have. */
  void add(String name, String text) throws IOException {
    Path file = to.resolve(name);
    Files.writeString(file, text);
    account.own(file);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    account.createPrivateFolder(target(folder));
    return from.equals(folder.getParent()) && EMPTY_FOLDERS.contains(name(folder))
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (!SKIPPED_FILES.contains(name(file)) && !name(file).startsWith("pgsql_tmp")) {
      copy(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private void copy(Path file) throws IOException {
    Path copy = target(file);
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException vanished) {
      return;
    }
    account.own(copy);
  }

  private Path target(Path path) {
    return to.resolve(from.relativize(path));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}

package dev.headline.infra.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log file, for a failure's message. */
final class LogTail {

  private static final int BYTES = 2_000;

  private LogTail() {}

  static String of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return "\n--- end of " + log + "\n" + new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "\n(" + log + " cannot be read: " + unreadable.getMessage() + ")";
    }
  }
}

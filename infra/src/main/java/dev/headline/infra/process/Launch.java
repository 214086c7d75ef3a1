package dev.headline.infra.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How to start a server's process.
 *
 * @param name for people
 * @param command the program and its arguments, in the foreground, with an absolute path
 * @param account who runs it
 * @param log where its output is appended
 * @param stopSignal how it is asked to stop
 * @param withheld how the names of environment variables begin that the program must not see,
 *     because they would override what it is told; in capitals
 * @param grace how long it may take to stop before it is killed; whole seconds, at least one
 */
public record Launch(
    String name,
    List<String> command,
    Account account,
    Path log,
    StopSignal stopSignal,
    List<String> withheld,
    Duration grace) {

  public Launch {
    command = List.copyOf(command);
    withheld = List.copyOf(withheld);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command for " + name);
    }
    if (grace.toSeconds() < 1) {
      throw new IllegalArgumentException("grace must be a second or more, was " + grace);
    }
  }

  /** Whether the program must not see that environment variable, which it may read in any case. */
  public boolean withholds(String variable) {
    String capitals = variable.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return withheld.stream().anyMatch(capitals::startsWith);
  }
}

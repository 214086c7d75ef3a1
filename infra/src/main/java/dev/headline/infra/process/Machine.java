package dev.headline.infra.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What we need to know about where we run. A value, so that a test can describe another machine.
 *
 * @param architecture the processor, as {@code os.arch} names it
 * @param environment the environment variables
 * @param home the user's home folder
 * @param account who runs the servers
 */
public record Machine(
    String architecture, Map<String, String> environment, Path home, Account account) {

  public Machine {
    environment = Map.copyOf(environment);
  }

  /** This machine. */
  public static Machine current() {
    return new Machine(
        System.getProperty("os.arch", "unknown"),
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        Account.current());
  }

  /** An environment variable; a blank one counts as absent. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** A program on the PATH. */
  public Optional<Path> program(String name) {
    return variable("PATH").stream()
        .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

package dev.headline.allinone.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written down about a platform while it runs, for those who come to it later: the shell,
 * the import, a person.
 *
 * @param pid the process that holds the platform together; all others end with it
 * @param topology what {@code Topology.describe} says
 * @param baseUrl where the public API is
 * @param directory how instances are found: {@code consul}, {@code fixed} or {@code local}
 * @param consul where Consul answers; empty without one
 * @param dataFolder where the databases are, for the one who wipes them
 * @param processes in the order in which they started
 */
public record State(
    long pid,
    String topology,
    String baseUrl,
    String directory,
    String consul,
    String dataFolder,
    List<ProcessState> processes) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public State {
    processes = List.copyOf(processes);
  }

  /** What is written down in that home; empty if nothing is, so that no platform runs there. */
  public static Optional<State> read(Home home) {
    Path file = home.state();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), State.class));
    } catch (IOException | JacksonException failure) {
      throw new PlatformException("Cannot read " + file, failure);
    }
  }

  void write(Home home) {
    writeProcesses(home, processes);
    replace(home.state(), JSON.writeValueAsString(this));
  }

  /** Only what the shell has to end, which is known before the rest. */
  static void writeProcesses(Home home, List<ProcessState> processes) {
    String table =
        processes.stream().map(ProcessState::row).collect(Collectors.joining("\n", "", "\n"));
    replace(home.processes(), table);
  }

  static void erase(Home home) {
    try {
      Files.deleteIfExists(home.state());
      Files.deleteIfExists(home.processes());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot delete " + home.state(), failure);
    }
  }

  /** In one step, so that nobody reads half a file. */
  private static void replace(Path file, String text) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write " + file, failure);
    }
  }
}

package dev.headline.infra.binary;

import dev.headline.infra.InfraException;
import dev.headline.infra.MissingSoftwareException;
import dev.headline.infra.process.Command;
import dev.headline.infra.process.Machine;
import dev.headline.infra.process.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code CONSUL_BIN}, else {@code consul} on the PATH, else the cache, into which apt fetches the
 * package of an older suite without installing it (see {@code fetch-consul.sh}).
 */
public final class ConsulBinary {

  private static final Duration FETCH = Duration.ofMinutes(3);

  private ConsulBinary() {}

  /**
   * Finds it, and fetches it on first use: seconds, or up to three minutes on a slow network.
   *
   * @throws MissingSoftwareException if none can be had; the message says what to install
   */
  public static Path locate(Machine machine) {
    return present(machine).orElseGet(() -> fetch(machine));
  }

  /** Finds it without fetching. */
  public static Optional<Path> present(Machine machine) {
    return machine
        .variable("CONSUL_BIN")
        .map(Path::of)
        .or(() -> machine.program("consul"))
        .or(() -> Optional.of(cached(machine)).filter(path -> path.toFile().canExecute()));
  }

  private static Path cached(Machine machine) {
    return BinaryCache.of(machine).folder().resolve(key(machine)).resolve("consul");
  }

  /** Homes are shared between machines. */
  private static String key(Machine machine) {
    return "consul-" + machine.architecture();
  }

  private static Path fetch(Machine machine) {
    try {
      return BinaryCache.of(machine)
          .folder(key(machine), ConsulBinary::fetchInto)
          .resolve("consul");
    } catch (InfraException failure) {
      throw new MissingSoftwareException(
          "there is no consul on this machine and apt could not fetch one; install consul 1.8 or"
              + " newer, or name it with CONSUL_BIN",
          failure);
    }
  }

  private static void fetchInto(Path folder) throws IOException {
    String script = Resources.text("fetch-consul.sh");
    Command.Result result =
        Command.run(FETCH, List.of("bash", "-c", script, "fetch-consul", folder.toString()));
    if (!result.succeeded()) {
      throw new IOException("fetch-consul.sh: " + result.output());
    }
  }
}

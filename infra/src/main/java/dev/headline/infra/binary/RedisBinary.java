package dev.headline.infra.binary;

import dev.headline.infra.process.Command;
import dev.headline.infra.process.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code REDIS_SERVER_BIN}, else a {@code redis-server} of 6.2 or newer on the PATH, else the 6.2
 * that the embedded-redis jar carries (which needs libssl3 on amd64).
 */
public final class RedisBinary {

  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private RedisBinary() {}

  /**
   * Finds it, and unpacks it on first use.
   *
   * @throws dev.headline.infra.MissingSoftwareException on a processor nothing is carried for
   */
  public static Path locate(Machine machine) {
    return machine
        .variable("REDIS_SERVER_BIN")
        .map(Path::of)
        .or(() -> machine.program("redis-server").filter(RedisBinary::isRecent))
        .orElseGet(() -> carried(machine));
  }

  private static boolean isRecent(Path program) {
    String version = Command.run(LIMIT, List.of(program.toString(), "--version")).output();
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.find()) {
      return false;
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    return major > 6 || (major == 6 && minor >= 2);
  }

  private static Path carried(Machine machine) {
    Architecture architecture = Architecture.of(machine);
    return BinaryCache.of(machine)
        .folder(
            Carriers.key("redis", architecture),
            folder -> copy(architecture.redisResource(), folder.resolve("redis-server")))
        .resolve("redis-server");
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream stream = Carriers.open(resource)) {
      Files.copy(stream, target);
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

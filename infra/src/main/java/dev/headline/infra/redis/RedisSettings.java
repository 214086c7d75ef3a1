package dev.headline.infra.redis;

import java.nio.file.Path;

/**
 * How to run Redis.
 *
 * @param folder holds its log; created if need be
 * @param port where it listens, 0 for any free port
 * @param maxMemoryMegabytes above this it evicts what was used least recently; at least 1
 */
public record RedisSettings(Path folder, int port, int maxMemoryMegabytes) {

  public RedisSettings {
    folder = folder.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
    }
    if (maxMemoryMegabytes < 1) {
      throw new IllegalArgumentException("maxMemoryMegabytes was " + maxMemoryMegabytes);
    }
  }

  /** Any free port and 128 MB. */
  public static RedisSettings in(Path folder) {
    return new RedisSettings(folder, 0, 128);
  }

  /** The same on a fixed port. */
  public RedisSettings withPort(int fixed) {
    return new RedisSettings(folder, fixed, maxMemoryMegabytes);
  }
}

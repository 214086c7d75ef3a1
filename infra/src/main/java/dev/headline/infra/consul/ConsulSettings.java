package dev.headline.infra.consul;

import java.nio.file.Path;

/**
 * How to run Consul.
 *
 * @param folder holds its log; created if need be
 * @param httpPort where its HTTP API listens, 0 for any free port; its other ports are always free
 *     ones
 */
public record ConsulSettings(Path folder, int httpPort) {

  public ConsulSettings {
    folder = folder.toAbsolutePath().normalize();
    if (httpPort < 0 || httpPort > 65_535) {
      throw new IllegalArgumentException("httpPort must be 0 to 65535, was " + httpPort);
    }
  }

  /** Any free port. */
  public static ConsulSettings in(Path folder) {
    return new ConsulSettings(folder, 0);
  }

  /** The same on a fixed port. */
  public ConsulSettings withHttpPort(int fixed) {
    return new ConsulSettings(folder, fixed);
  }
}

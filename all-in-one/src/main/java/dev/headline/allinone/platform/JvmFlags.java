package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Service;
import java.nio.file.Path;
import java.util.List;

/** How a service's JVM is started: small, because a dozen of them share a laptop. */
final class JvmFlags {

  private JvmFlags() {}

  static List<String> of(Service service) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + (service.isBackend() ? "128m" : "192m"),
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:+ExitOnOutOfMemoryError",
        // Netty's native transports, and protobuf's access to memory.
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }
}

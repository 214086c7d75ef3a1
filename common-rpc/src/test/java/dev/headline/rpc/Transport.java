package dev.headline.rpc;

import dev.headline.rpc.discovery.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;

/** The kinds of address, each with a new one whenever a test asks. */
enum Transport {
  TCP,
  UNIX_SOCKET,
  IN_PROCESS;

  Address address() throws IOException {
    return switch (this) {
      case TCP -> new Address.Tcp("127.0.0.1", 0);
      case UNIX_SOCKET -> new Address.Unix(Files.createTempDirectory("rpc").resolve("users.sock"));
      case IN_PROCESS -> new Address.InProcess(UUID.randomUUID().toString());
    };
  }
}

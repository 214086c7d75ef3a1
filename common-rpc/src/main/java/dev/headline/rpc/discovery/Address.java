package dev.headline.rpc.discovery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where an instance listens. The kind of address decides the transport and nothing else: services
 * that are merged into one process change an address, not a code path.
 */
public sealed interface Address {

  /**
   * A host and a port.
   *
   * @param host a name or a literal address, without brackets
   * @param port 0 to 65535; 0 asks a listener to choose one
   */
  record Tcp(String host, int port) implements Address {

    public Tcp {
      if (host.isBlank() || port < 0 || port > 65535) {
        throw new IllegalArgumentException("No such host and port: '%s:%d'".formatted(host, port));
      }
    }

    @Override
    public String toString() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * A Unix domain socket.
   *
   * @param path the socket's file; the system allows 107 bytes
   */
  record Unix(Path path) implements Address {

    /** What {@code sockaddr_un} holds, less the terminating zero. */
    private static final int LONGEST_PATH = 107;

    public Unix {
      if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
        throw new IllegalArgumentException(
            "A socket's path may have %d bytes, which this is over: %s"
                .formatted(LONGEST_PATH, path));
      }
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * A server in this process.
   *
   * @param name unique in the process
   */
  record InProcess(String name) implements Address {

    public InProcess {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A server in this process needs a name");
      }
    }

    @Override
    public String toString() {
      return "in-process:" + name;
    }
  }

  /**
   * Reads {@code tcp://host:port}, {@code unix:/path} or {@code in-process:name}; what {@link
   * Object#toString()} of each kind writes.
   *
   * @throws IllegalArgumentException for anything else, with a sentence that names it
   */
  static Address parse(String text) {
    if (text.startsWith("unix:")) {
      return new Unix(Path.of(text.substring("unix:".length())));
    }
    if (text.startsWith("in-process:")) {
      return new InProcess(text.substring("in-process:".length()));
    }
    if (text.startsWith("tcp://")) {
      URI uri = URI.create(text);
      String host = uri.getHost();
      if (host != null && uri.getPort() >= 0) {
        return new Tcp(host.replaceAll("[\\[\\]]", ""), uri.getPort());
      }
    }
    throw new IllegalArgumentException(
        "An address is tcp://host:port, unix:/path or in-process:name, but this is '%s'"
            .formatted(text));
  }
}

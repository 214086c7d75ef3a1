package dev.headline.infra;

/**
 * Where a server listens.
 *
 * @param host a loopback address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** The only host any server here listens on. */
  public static final String LOOPBACK = "127.0.0.1";

  public Endpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
    }
  }

  /** A port on loopback. */
  public static Endpoint loopback(int port) {
    return new Endpoint(LOOPBACK, port);
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}

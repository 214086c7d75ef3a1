package dev.headline.allinone.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at a port before anything is started that would fail on it a minute later. */
final class Ports {

  private Ports() {}

  /**
   * Does nothing if nobody listens on that port of loopback, or if it is 0.
   *
   * @throws PlatformException if it cannot be listened on, with the reason and what to do about it
   */
  static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException failure) {
      throw new PlatformException(
          "Cannot listen on port %d (%s): end the program that has it, or choose another with --port"
              .formatted(port, failure.getMessage()),
          failure);
    }
  }
}

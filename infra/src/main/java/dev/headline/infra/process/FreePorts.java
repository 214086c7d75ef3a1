package dev.headline.infra.process;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks ports nobody listens on, below the range (32768 and up on Linux) from which the kernel
 * takes the client side of connections: between our look and the server's start nobody else is
 * handed one.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /** The wanted port on loopback, or a free one if it is 0. */
  public static Endpoint endpoint(int wanted) {
    return Endpoint.loopback(wanted == 0 ? any() : wanted);
  }

  /** A free port on loopback. */
  public static int any() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new InfraException("no free port between %d and %d".formatted(FIRST, LAST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(Endpoint.LOOPBACK), port));
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException failure) {
      throw new InfraException("cannot look for a free port", failure);
    }
  }
}

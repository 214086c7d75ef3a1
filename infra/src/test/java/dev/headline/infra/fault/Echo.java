package dev.headline.infra.fault;

import dev.headline.infra.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** A server that sends back whatever it is sent. */
final class Echo implements AutoCloseable {

  final LongAdder received = new LongAdder();
  private final ServerSocket door = new ServerSocket();

  Echo() throws IOException {
    door.bind(new InetSocketAddress(InetAddress.ofLiteral(Endpoint.LOOPBACK), 0));
    Thread.startVirtualThread(this::accept);
  }

  Endpoint endpoint() {
    return Endpoint.loopback(door.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.startVirtualThread(() -> echo(client));
      } catch (IOException closed) {
        // The loop looks at the door.
      }
    }
  }

  private void echo(Socket client) {
    try (client) {
      byte[] buffer = new byte[64 << 10];
      InputStream in = client.getInputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        received.add(count);
        client.getOutputStream().write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException reset) {
      // What some tests are about.
    }
  }
}

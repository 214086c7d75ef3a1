package dev.headline.infra.fault;

import dev.headline.infra.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** One client's connection and the one that was opened for it, with a pipe each way. */
final class ProxiedConnection {

  private static final int CONNECT_MILLISECONDS = 2_000;

  private final Socket client;
  private final Socket server = new Socket();
  private final Pipe requests;
  private final Pipe replies;

  ProxiedConnection(Socket client, Supplier<Fault> fault, LongConsumer swallowed) {
    this.client = client;
    Pipe.Owner owner = new Pipe.Owner(fault, swallowed, this::reset);
    this.requests = new Pipe(Pipe.Direction.REQUESTS, owner);
    this.replies = new Pipe(Pipe.Direction.REPLIES, owner);
  }

  /** Connects to the target and hands bytes on; blocks until both sides have ended. */
  void run(Endpoint target) {
    try {
      server.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLISECONDS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread forth = Thread.ofVirtual().unstarted(() -> requests.run(client, server));
      forth.start();
      replies.run(server, client);
      forth.join();
      client.close();
      server.close();
    } catch (IOException nobodyThere) {
      reset();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  /** Whether one of its streams has lost bytes. */
  boolean isTorn() {
    return requests.isTorn() || replies.isTorn();
  }

  /** Ends both sides at once, so that each is told of it. */
  void reset() {
    reset(client);
    reset(server);
    requests.end();
    replies.end();
  }

  private static void reset(Socket socket) {
    try {
      // To close without lingering is what TCP calls a reset.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closedAlready) {
      // Several threads may find out at once that a connection is at its end.
    }
  }
}

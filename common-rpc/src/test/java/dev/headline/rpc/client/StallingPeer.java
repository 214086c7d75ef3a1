package dev.headline.rpc.client;

import dev.headline.rpc.discovery.Address;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A peer with a real socket that speaks just enough HTTP/2 to be believed, and then stalls at a
 * point of the test's choice.
 */
final class StallingPeer implements AutoCloseable {

  /** Where it stalls. */
  enum Habit {
    /** Takes the connection and never says a word. */
    NEVER_GREETS,
    /** Greets, and says that it takes no calls for now. */
    TAKES_NO_CALL,
    /** Greets, and never reads what comes. */
    NEVER_READS,
    /** Greets and reads, and never answers. */
    NEVER_ANSWERS,
    /** Greets, reads, and sends no more of its reply than the head. */
    NEVER_ENDS
  }

  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  // MAX_CONCURRENT_STREAMS is 0.
  private static final byte[] SETTINGS_FOR_NO_CALL = {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0};
  private static final int PREFACE = 24;
  private static final int FRAME_HEAD = 9;
  private static final int HEADERS = 1;

  private final Habit habit;
  private final ServerSocketChannel server;
  private final List<Closeable> connections = new CopyOnWriteArrayList<>();

  private StallingPeer(Habit habit, ServerSocketChannel server) {
    this.habit = habit;
    this.server = server;
    Thread.startVirtualThread(this::accept);
  }

  static StallingPeer atTcp(Habit habit) throws IOException {
    return new StallingPeer(
        habit,
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  static StallingPeer atUnixSocket(Habit habit) throws IOException {
    Path path = Files.createTempDirectory("peer").resolve("peer.sock");
    return new StallingPeer(
        habit,
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(path)));
  }

  Address address() throws IOException {
    return switch (server.getLocalAddress()) {
      case InetSocketAddress tcp -> new Address.Tcp(tcp.getHostString(), tcp.getPort());
      case UnixDomainSocketAddress unix -> new Address.Unix(unix.getPath());
      default -> throw new IllegalStateException("Listens at something else");
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Closeable connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(SocketChannel connection) {
    try {
      if (habit == Habit.TAKES_NO_CALL) {
        connection.write(ByteBuffer.wrap(SETTINGS_FOR_NO_CALL));
      } else if (habit != Habit.NEVER_GREETS) {
        connection.write(ByteBuffer.wrap(EMPTY_SETTINGS));
      }
      if (habit == Habit.NEVER_ANSWERS || habit == Habit.NEVER_ENDS) {
        read(connection, PREFACE);
        while (true) {
          frame(connection);
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void frame(SocketChannel connection) throws IOException {
    ByteBuffer head = read(connection, FRAME_HEAD);
    int length = head.getInt(0) >>> 8;
    int type = head.get(3);
    int stream = head.getInt(5);
    read(connection, length);
    if (type == HEADERS && habit == Habit.NEVER_ENDS) {
      connection.write(replyHead(stream));
    }
  }

  /** A HEADERS frame that does not end the stream: {@code :status 200} and the content type. */
  private static ByteBuffer replyHead(int stream) {
    byte[] name = "content-type".getBytes(StandardCharsets.US_ASCII);
    byte[] value = "application/grpc".getBytes(StandardCharsets.US_ASCII);
    int length = 1 + 1 + 1 + name.length + 1 + value.length;
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + length);
    frame.putInt(length << 8 | HEADERS).put((byte) 4).putInt(stream);
    frame.put((byte) 0x88);
    frame.put((byte) 0).put((byte) name.length).put(name);
    frame.put((byte) value.length).put(value);
    return frame.flip();
  }

  private static ByteBuffer read(SocketChannel connection, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (connection.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }
}

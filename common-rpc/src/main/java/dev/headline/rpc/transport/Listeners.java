package dev.headline.rpc.transport;

import dev.headline.rpc.discovery.Address;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Address → server. */
public final class Listeners {

  private static final int LARGEST_REQUEST = 1 << 20;
  private static final int LARGEST_HEADERS = 8 << 10;
  private static final int CALLS_PER_CONNECTION = 1_000;
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMinutes(30);

  /**
   * Each cancelled call and each passed deadline is one reset, and a gateway has all of its calls
   * on one connection: when a service is slow, that may be hundreds in a second. More than these in
   * a window are an attack on the server's CPU (rapid reset).
   */
  private static final int RESETS = 20_000;

  private static final int RESETS_WINDOW_SECONDS = 30;

  private Listeners() {}

  /**
   * Prepares a server for an address. Its callbacks run on the event loop, so whoever adds services
   * must leave that thread before it blocks.
   *
   * @throws IOException if the address is a path where there is something else than a socket that
   *     nobody listens at
   */
  public static ServerBuilder<?> prepare(Address address) throws IOException {
    return switch (address) {
      case Address.Tcp(String host, int port) ->
          bounded(
              NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                  .channelType(EventLoops.tcpServer()));
      case Address.Unix(Path path) -> {
        deleteLeftOver(path);
        yield bounded(
            NettyServerBuilder.forAddress(EventLoops.unixAddress(path))
                .channelType(EventLoops.unixServer()));
      }
      case Address.InProcess(String name) ->
          InProcessServerBuilder.forName(name)
              .scheduledExecutorService(Timers.scheduler())
              .directExecutor();
    };
  }

  /**
   * The address that a started server can be reached at: the one asked for, with the port that was
   * chosen.
   */
  public static Address actual(Address asked, Server started) {
    return switch (asked) {
      case Address.Tcp(String host, int _) -> new Address.Tcp(host, started.getPort());
      case Address.Unix _, Address.InProcess _ -> asked;
    };
  }

  /** A socket file outlives the process that made it, and binding to one that is there fails. */
  private static void deleteLeftOver(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException("Somebody listens at " + path + " already");
    } catch (ConnectException nobodyListens) {
      if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
        throw new IOException("There is something else than a socket at " + path, nobodyListens);
      }
      Files.delete(path);
    }
  }

  private static NettyServerBuilder bounded(NettyServerBuilder builder) {
    return builder
        .bossEventLoopGroup(EventLoops.group())
        .workerEventLoopGroup(EventLoops.group())
        .directExecutor()
        .maxInboundMessageSize(LARGEST_REQUEST)
        .maxInboundMetadataSize(LARGEST_HEADERS)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(RESETS, RESETS_WINDOW_SECONDS)
        .handshakeTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionIdle(IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }
}

package dev.headline.rpc.transport;

import dev.headline.rpc.discovery.Address;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;

/** Address → channel. */
public final class Channels {

  /**
   * A hundred contents of twenty thousand characters, four bytes each, are eight million bytes; a
   * reply that is twice as large is a mistake.
   */
  private static final int LARGEST_REPLY = 16 << 20;

  /**
   * Our servers keep what stands beside a reply below the 8 KiB that any gRPC client reads. Another
   * server may not, and what is larger ends the reply, or the connection with all its calls.
   */
  private static final int LARGEST_TRAILERS = 16 << 10;

  private Channels() {}

  /**
   * Opens a channel to one address. It connects when it is first used, or asked to, and again
   * whenever it has lost its connection.
   *
   * <p>Replies are delivered on the event loop, so what listens must not block. gRPC's own retries
   * are off: retrying is the business of the client chain, and leaving gRPC's on costs a sixth of
   * the CPU of a call.
   *
   * @return to be shut down by the caller
   */
  public static ManagedChannel open(Address address) {
    return builder(address)
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(LARGEST_REPLY)
        .build();
  }

  private static ManagedChannelBuilder<?> builder(Address address) {
    return switch (address) {
      case Address.Tcp(String host, int port) ->
          NettyChannelBuilder.forAddress(host, port)
              .eventLoopGroup(EventLoops.group())
              .channelType(EventLoops.tcpChannel())
              .maxInboundMetadataSize(LARGEST_TRAILERS)
              .usePlaintext();
      case Address.Unix(var path) ->
          NettyChannelBuilder.forAddress(EventLoops.unixAddress(path))
              .eventLoopGroup(EventLoops.group())
              .channelType(EventLoops.unixChannel())
              .overrideAuthority("localhost")
              .maxInboundMetadataSize(LARGEST_TRAILERS)
              .usePlaintext();
      case Address.InProcess(String name) ->
          InProcessChannelBuilder.forName(name).scheduledExecutorService(Timers.scheduler());
    };
  }
}

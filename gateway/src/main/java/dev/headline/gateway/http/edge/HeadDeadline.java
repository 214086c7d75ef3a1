package dev.headline.gateway.http.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection whose client sends the head of a request too slowly (Slowloris). Reactor
 * Netty's own limit does not see it: that one begins when the head is complete.
 *
 * <p>It stands on both sides of the codec: before it are bytes, behind it requests. One for each
 * connection, on the connection's thread.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

  private final Duration limit;

  /** Runs while a head is incomplete. */
  private @Nullable Future<?> closing;

  /** What comes now is the body of a request whose head is complete. */
  private boolean inBody;

  /**
   * @param limit from the first byte of a head to its last
   */
  HeadDeadline(Duration limit) {
    this.limit = limit;
  }

  void joinPipeline(ChannelPipeline pipeline) {
    String name = HeadDeadline.class.getSimpleName();
    pipeline.addBefore(NettyPipeline.HttpCodec, name, this);
    pipeline.addAfter(NettyPipeline.HttpCodec, name + "-end", new Decoded());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!inBody && closing == null) {
      closing =
          context.executor().schedule(() -> close(context), limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
  }

  private void close(ChannelHandlerContext context) {
    // Closing is the last that is done for this client, whatever becomes of it.
    var _ = context.close();
  }

  private void stop() {
    if (closing != null) {
      closing.cancel(false);
      closing = null;
    }
  }

  private final class Decoded extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        stop();
        inBody = true;
      }
      if (message instanceof LastHttpContent) {
        inBody = false;
      }
      context.fireChannelRead(message);
    }
  }
}

package dev.headline.gateway.http.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Netty puts up with from a client before anything of ours sees the request. Netty refuses
 * what is over these limits; {@link BareRefusals} says it in our words.
 */
public final class NettyLimits implements NettyServerCustomizer {

  private static final int LARGEST_HEAD = 2 * EdgeFilter.LARGEST_HEAD;

  /** From the first byte of a request to the end of its head, and from there to its last byte. */
  private static final Duration HALF_REQUEST = Duration.ofSeconds(10);

  /** How long a connection is kept for the next request. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /**
   * What the kernel keeps of an answer for a client that does not read; it doubles the number. With
   * its own, of megabytes, {@link UnreadAnswers} would see a steady, slow reader only in leaps.
   */
  private static final int SEND_BUFFER = 128 * 1024;

  private final BareRefusals refusals;
  private final Connections connections;
  private final UnreadAnswers unread;
  private final Duration wholeHead;
  private final AtomicInteger open = new AtomicInteger();

  public NettyLimits(JsonMapper json, Connections connections) {
    this(json, connections, HALF_REQUEST);
  }

  /**
   * @param wholeHead from the first byte of a request to the end of its head
   */
  NettyLimits(JsonMapper json, Connections connections, Duration wholeHead) {
    this.refusals = new BareRefusals(json);
    this.connections = connections;
    this.unread = new UnreadAnswers(connections);
    this.wholeHead = wholeHead;
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server
        .httpRequestDecoder(
            limits -> limits.maxInitialLineLength(LARGEST_HEAD).maxHeaderSize(LARGEST_HEAD))
        // Begins when the head is complete; until then, HeadDeadline counts.
        .requestTimeout(HALF_REQUEST)
        .idleTimeout(IDLE)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
        .doOnChannelInit((_, channel, _) -> begin(channel));
  }

  private void begin(Channel channel) {
    channel.closeFuture().addListener(_ -> open.decrementAndGet());
    if (open.incrementAndGet() > connections.most()) {
      // Without a word, because nothing was asked yet.
      var _ = channel.close();
      return;
    }
    joinPipeline(channel.pipeline());
  }

  private void joinPipeline(ChannelPipeline pipeline) {
    unread.joinPipeline(pipeline);
    refusals.joinPipeline(pipeline);
    new HeadDeadline(wholeHead).joinPipeline(pipeline);
  }
}

package dev.headline.gateway.http.edge;

import io.netty.channel.ChannelPipeline;
import java.time.Duration;
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

  private final BareRefusals refusals;
  private final Duration wholeHead;

  public NettyLimits(JsonMapper json) {
    this(json, HALF_REQUEST);
  }

  /**
   * @param wholeHead from the first byte of a request to the end of its head
   */
  NettyLimits(JsonMapper json, Duration wholeHead) {
    this.refusals = new BareRefusals(json);
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
        .doOnChannelInit((_, channel, _) -> joinPipeline(channel.pipeline()));
  }

  private void joinPipeline(ChannelPipeline pipeline) {
    refusals.joinPipeline(pipeline);
    new HeadDeadline(wholeHead).joinPipeline(pipeline);
  }
}

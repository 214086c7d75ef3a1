package dev.headline.gateway.http.edge;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemDocument;
import dev.headline.gateway.http.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives a problem document to what is refused before anything of ours has seen it: a request that
 * is not HTTP, is far too long, or comes too slowly. Netty and Spring answer such a request with a
 * bare status.
 */
@Sharable
final class BareRefusals extends ChannelOutboundHandlerAdapter {

  private final JsonMapper json;

  BareRefusals(JsonMapper json) {
    this.json = json;
  }

  /** Stands where answers are whole for the last time: next to the codec. */
  void joinPipeline(ChannelPipeline pipeline) {
    pipeline.addAfter(NettyPipeline.HttpCodec, BareRefusals.class.getSimpleName(), this);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    // Whoever holds the promise hears of a failure.
    var _ = context.write(withDocument(message), promise);
  }

  private Object withDocument(Object message) {
    if (!(message instanceof FullHttpResponse response) || !isBare(response)) {
      return message;
    }
    Problem problem = problem(response.status().code());
    if (problem == null) {
      return message;
    }
    ReferenceCountUtil.release(response);
    return documented(response, problem);
  }

  private static boolean isBare(FullHttpResponse response) {
    return response.status().code() >= 400
        && !response.content().isReadable()
        && !response.headers().contains(CONTENT_TYPE);
  }

  private static @Nullable Problem problem(int status) {
    return switch (status) {
      case 400 -> Problem.of(ProblemType.MALFORMED_REQUEST, "The request cannot be read.");
      case 408 -> Problem.of(ProblemType.REQUEST_TIMEOUT, "The connection will be closed.");
      case 414 -> Problem.of(ProblemType.URI_TOO_LONG, EdgeFilter.SIZE_RULE);
      case 413, 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, EdgeFilter.SIZE_RULE);
      default -> null;
    };
  }

  private FullHttpResponse documented(FullHttpResponse bare, Problem problem) {
    byte[] document = json.writeValueAsBytes(ProblemDocument.of(problem, null, null, null));
    var response =
        new DefaultFullHttpResponse(
            bare.protocolVersion(),
            // Of the same problem, and not of Netty: it says 413 where we say 431.
            HttpResponseStatus.valueOf(problem.type().status()),
            Unpooled.wrappedBuffer(document));
    EdgeFilter.PROTECTION.forEach(response.headers()::set);
    response.headers().set(CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
    response.headers().set(CONTENT_LENGTH, document.length);
    response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}

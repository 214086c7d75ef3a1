package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BareRefusalsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 413, 414, 431})
  void theStatusIsTheOneThatTheDocumentNames(int bare) {
    var channel = new EmbeddedChannel(new BareRefusals(JSON));

    channel.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(bare)));

    FullHttpResponse said = channel.readOutbound();
    int named = JSON.readTree(said.content().toString(UTF_8)).at("/status").intValue();
    assertThat(said.status().code()).isEqualTo(named).isEqualTo(bare == 413 ? 431 : bare);
    said.release();
  }
}

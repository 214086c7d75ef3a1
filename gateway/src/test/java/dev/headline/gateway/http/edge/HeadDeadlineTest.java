package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** A client may be slow, but not for ever. */
class HeadDeadlineTest {

  private static final Duration LIMIT = Duration.ofMillis(500);

  /** Long before any other limit of a connection. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private DisposableServer server;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    var http = HttpServer.create().host("127.0.0.1").port(0);
    server =
        new NettyLimits(new JsonMapper(), ConnectionsTest.STANDARD, LIMIT)
            .apply(http)
            .handle((_, response) -> response.status(204).send())
            .bindNow();
    client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    client.setSoTimeout(50);
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.disposeNow();
  }

  @Test
  void aHeadThatTricklesInIsNotWaitedFor() throws IOException {
    send("GET / HTTP/1.1\r\nX-Slow: ");

    await().atMost(SOON).until(this::isClosedAfterAnotherByte);
  }

  @Test
  void neitherIsALaterOne() throws IOException {
    send(REQUEST);
    await().atMost(SOON).until(this::isAnswered);
    send("GET / HTTP/1.1\r\nX-Slow: ");

    await().atMost(SOON).until(this::isClosedAfterAnotherByte);
  }

  @Test
  void betweenRequestsThereIsNoHurry() throws IOException {
    send(REQUEST);
    await().atMost(SOON).until(this::isAnswered);
    await().during(LIMIT.multipliedBy(2)).atMost(SOON).until(() -> !isClosed());

    send(REQUEST);
    await().atMost(SOON).until(this::isAnswered);
  }

  private void send(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private boolean isAnswered() throws IOException {
    byte[] answer = new byte[1_024];
    try {
      int length = client.getInputStream().read(answer);
      assertThat(new String(answer, 0, Math.max(0, length), US_ASCII)).startsWith("HTTP/1.1 204");
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private boolean isClosedAfterAnotherByte() {
    try {
      send("x");
    } catch (IOException e) {
      return true;
    }
    return isClosed();
  }

  /** It says nothing of its own accord, so that an answer is the end. */
  private boolean isClosed() {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}

package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of clients that take answers slowly, or are too many. */
class ConnectionsTest {

  static final Connections STANDARD =
      new Connections(1_000, 32 << 20, Duration.ofSeconds(10), 64 << 10);

  private static final int ANSWER = 8 << 20;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(8);

  private final AtomicInteger closed = new AtomicInteger();

  // Each test serves first.
  @SuppressWarnings("NullAway.Init")
  private DisposableServer server;

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  @Test
  void whoDoesNotReadIsCutOff() throws IOException {
    serve(new Connections(9, 32 << 20, Duration.ofMillis(300), 64 << 10));

    try (Socket client = ask()) {
      await().atMost(SOON).until(() -> closed.get() == 1);
      assertThat(read(client)).isLessThan(ANSWER);
    }
  }

  @Test
  void whoReadsGetsItAll() throws IOException {
    serve(new Connections(9, 32 << 20, LONG, 64 << 10));

    try (Socket client = ask()) {
      assertThat(read(client)).isGreaterThan(ANSWER);
    }
  }

  @Test
  void ofTooMuchUnreadTheOldestGoesAndNotTheNext() throws IOException {
    serve(new Connections(9, ANSWER + ANSWER / 2, LONG, 64 << 10));

    try (Socket first = ask()) {
      await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> closed.get() == 0);
      try (Socket second = ask()) {
        await().atMost(SOON).until(() -> closed.get() == 1);
        assertThat(read(second)).isGreaterThan(ANSWER);
        assertThat(read(first)).isLessThan(ANSWER);
      }
    }
  }

  @Test
  void oneConnectionTooManyIsClosedAndThereIsRoomAgainLater() throws IOException {
    serve(new Connections(1, 32 << 20, LONG, 64 << 10));

    try (Socket first = ask()) {
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (Socket second = ask()) {
        assertThat(read(second)).isZero();
      }
    }
    await().atMost(SOON).until(this::isServed);
  }

  @Test
  void nothingMayBeZero() {
    serve(STANDARD);

    assertThatThrownBy(() -> new Connections(0, 1, LONG, 1)).hasMessageContaining("most 0");
    assertThatThrownBy(() -> new Connections(1, 1, Duration.ZERO, 1))
        .hasMessageContaining("patience PT0S");
  }

  private void serve(Connections limits) {
    server =
        new NettyLimits(new JsonMapper(), limits)
            .apply(HttpServer.create().host("127.0.0.1").port(0))
            .doOnConnection(connection -> connection.onDispose(closed::incrementAndGet))
            .handle(
                (_, response) ->
                    response
                        .header("Content-Length", Integer.toString(ANSWER))
                        .header("Connection", "close")
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(new byte[ANSWER]))))
            .bindNow();
  }

  private Socket ask() throws IOException {
    var client = new Socket();
    client.setReceiveBufferSize(64 << 10);
    client.setSoTimeout(5_000);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return client;
  }

  private boolean isServed() throws IOException {
    try (Socket client = ask()) {
      return read(client) > ANSWER;
    }
  }

  /** How much comes before the end, whatever the end is. */
  private static long read(Socket client) {
    long all = 0;
    var some = new byte[64 << 10];
    try {
      InputStream in = client.getInputStream();
      for (int more = in.read(some); more >= 0; more = in.read(some)) {
        all += more;
      }
    } catch (IOException cutOff) {
      return all;
    }
    return all;
  }
}

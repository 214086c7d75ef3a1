package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.hasty;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsulClientTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void aStatusThatIsNotSuccessIsAFailureThatSaysWhy() throws IOException {
    try (FakeConsul consul = new FakeConsul();
        ConsulClient client = new ConsulClient(hasty(consul.uri()))) {
      consul.status(503);
      ConsulExchange exchange = client.health(SERVICE, 0, SHORT);
      assertThatThrownBy(exchange::awaitSuccess)
          .isInstanceOf(IOException.class)
          .hasMessage("GET /v1/health/service/content-service: status 503: on purpose");
    }
  }

  @Test
  void aReplyThatIsTooLargeIsAFailure() throws IOException {
    try (FakeConsul consul = new FakeConsul();
        ConsulClient client = new ConsulClient(hasty(consul.uri()))) {
      consul.tellText(" ".repeat(9 << 20));
      ConsulExchange exchange = client.health(SERVICE, 0, SHORT);
      assertThatThrownBy(exchange::await).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReplyThatStopsHalfwayIsGivenUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ConsulClient client = new ConsulClient(hasty(uri(server)))) {
      ConsulExchange exchange = client.deregister(Instances.instance(1), SHORT);
      try (Socket connection = server.accept()) {
        connection
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1".getBytes(US_ASCII));
        assertThatThrownBy(exchange::await).isInstanceOf(HttpTimeoutException.class);
      }
    }
  }

  @Test
  void anIdCannotLeadToAnotherPath() throws IOException {
    Instance odd = new Instance("a/../b c?d", SERVICE, "default", Address.parse("unix:/a"), 1);
    try (FakeConsul consul = new FakeConsul();
        ConsulClient client = new ConsulClient(hasty(consul.uri()))) {
      client.deregister(odd, Duration.ofSeconds(2)).awaitSuccess();
      assertThat(consul.requests)
          .containsExactly("PUT /v1/agent/service/deregister/a%2F..%2Fb%20c%3Fd");
    }
  }

  @Test
  void closingFailsWhatIsOnItsWay() throws IOException {
    try (FakeConsul consul = new FakeConsul()) {
      consul.hang(true);
      ConsulExchange exchange;
      try (ConsulClient client = new ConsulClient(hasty(consul.uri()))) {
        exchange = client.health(SERVICE, 0, Duration.ofMinutes(1));
      }
      assertThatThrownBy(exchange::await)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  private static URI uri(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }
}

package dev.headline.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that closes its connection is no longer worked for, by anybody. */
class ClientLeavesTest {

  /** Long before the deadline of two seconds would end the calls anyway. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void theCallThatIsOutIsCancelled() throws IOException {
    gateway.services().feed.hangs();

    try (var _ = request("/api/v1/feed")) {
      await().until(() -> gateway.services().feed.calls() == 1);
    }

    await().atMost(SOON).untilAsserted(() -> assertCancelled(gateway.services().feed));
  }

  @Test
  void allCallsOfAFanOutAreCancelled() throws IOException {
    gateway.services().contents.hangs();
    gateway.services().topComments.hangs();

    try (var _ = request("/api/v1/feed")) {
      await().until(() -> gateway.services().contents.calls() == 1);
      await().until(() -> gateway.services().topComments.calls() == 1);
    }

    await().atMost(SOON).untilAsserted(() -> assertCancelled(gateway.services().contents));
    await().atMost(SOON).untilAsserted(() -> assertCancelled(gateway.services().topComments));
    assertThat(gateway.services().users.calls()).as("no new call is begun").isZero();
  }

  @Test
  void aClientThatWaitsIsNotGivenUp() throws IOException {
    gateway.services().feed.hangs();

    try (var _ = request("/api/v1/feed")) {
      await().until(() -> gateway.services().feed.calls() == 1);
      await().during(Duration.ofMillis(300)).until(() -> gateway.services().feed.cancelled() == 0);
    }
  }

  private static void assertCancelled(FakeRpc<?, ?> rpc) {
    assertThat(rpc.cancelled()).isEqualTo(1);
  }

  private static Socket request(String path) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Deadline-Ms: 2000\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }
}

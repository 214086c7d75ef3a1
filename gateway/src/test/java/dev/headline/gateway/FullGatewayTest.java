package dev.headline.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.gateway.RunningGateway.Reply;
import dev.headline.gateway.http.edge.RequestLimit;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a request when as many as may be are being answered. */
class FullGatewayTest {

  @RegisterExtension
  static final RunningGateway gateway = new RunningGateway("--headline.gateway.max-in-flight=5");

  @Test
  void oneMoreIsRefusedWithAProblemAndThereIsRoomAgainLater() throws IOException {
    gateway.services().feed.hangs();
    try (var _ = request("/api/v1/feed?limit=60");
        var _ = request("/api/v1/feed?limit=21")) {
      Reply refusal =
          await().until(FullGatewayTest::anotherRequest, reply -> reply.status() != 200);

      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(refusal.header("Retry-After")).isEqualTo("1");
      assertThat(refusal.json("/type").stringValue()).isEqualTo("/problems/overloaded");
      assertThat(gateway.send(gateway.managementPort(), "GET", "/actuator/health").status())
          .isEqualTo(200);
    }

    await().until(() -> anotherRequest().status() == 200);
  }

  @Test
  void aLargePageTakesTheRoomOfSeveralSmallOnes() throws IOException {
    gateway.services().feed.hangs();
    try (var _ = request("/api/v1/feed?limit=80")) {
      await().until(() -> gateway.services().feed.calls() == 1);

      assertThat(gateway.get("/api/v1/feed?limit=21").status()).isEqualTo(503);
      assertThat(anotherRequest().status()).isEqualTo(200);
    }

    gateway.services().reset();
    await().until(() -> gateway.get("/api/v1/feed?limit=100").status() == 200);
  }

  @Test
  void whatHasFailedLeavesItsPlaces() {
    for (int i = 0; i < 10; i++) {
      gateway.services().feed.fails(Status.UNAVAILABLE);
      assertThat(gateway.get("/api/v1/feed?limit=100").status()).isEqualTo(503);
      assertThat(gateway.get("/api/v1/users/404").status()).isEqualTo(404);
      assertThat(gateway.get("/api/v1/users/x").status()).isEqualTo(400);
    }

    assertThat(anotherRequest().status()).isEqualTo(200);
  }

  @Test
  void aGatewayWithoutAnyRoomDoesNotStart() {
    assertThatThrownBy(() -> new RequestLimit(4))
        .hasMessage("headline.gateway.max-in-flight is 5 or more, but this one is 4");
  }

  private static Reply anotherRequest() {
    return gateway.get("/api/v1/users/1");
  }

  private static Socket request(String path) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Deadline-Ms: 2000\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }
}

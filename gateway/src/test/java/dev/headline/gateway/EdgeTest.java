package dev.headline.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/users/1", "/api/v1/feed?limit=0", "/nothing"})
  void everyAnswerIsProtected(String path) {
    Reply reply = gateway.get(path);

    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("X-Request-Id")).matches("[0-9a-f]{32}");
  }

  @ParameterizedTest
  @CsvSource({"abc-1.2_3, true", "a b, false", "<script>, false"})
  void theClientMayNameItsRequest(String id, boolean harmless) {
    String answered = gateway.get("/api/v1/users/1", "X-Request-Id", id).header("X-Request-Id");

    assertThat(answered.equals(id)).isEqualTo(harmless);
    assertThat(answered).matches("[A-Za-z0-9._-]{1,64}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing",
    "GET, /api/v1",
    "GET, /api/v1/users/",
    "POST, /api/v1/unknown",
    "OPTIONS, /nothing",
    "GET, /actuator/health",
    "GET, /favicon.ico",
  })
  void anUnknownPathIsNotFound(String method, String path) {
    Reply reply = gateway.send(method, path);

    assertProblem(reply, 404, "not-found");
    assertThat(reply.json("/instance").stringValue()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void anUnknownMethodIsToldTheKnownOnes(String method) {
    Reply reply = gateway.send(method, "/api/v1/feed");

    assertProblem(reply, 405, "method-not-allowed");
    assertThat(reply.header("Allow").split(",")).containsExactlyInAnyOrder("GET", "HEAD");
  }

  @Test
  void headIsGetWithoutTheBody() {
    Reply reply = gateway.send("HEAD", "/api/v1/users/1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEmpty();
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(gateway.send("HEAD", "/api/v1/users/404").status()).isEqualTo(404);
  }

  @Test
  void nothingButJsonIsSpoken() {
    assertProblem(gateway.get("/api/v1/feed", "Accept", "text/html"), 406, "not-acceptable");
    assertThat(gateway.services().calls()).isZero();
    assertThat(gateway.get("/api/v1/feed", "Accept", "text/html, */*;q=0.1").status())
        .isEqualTo(200);
  }

  @Test
  void anAddressMayBeTooLong() {
    assertProblem(gateway.get("/api/v1/feed?cursor=" + "c".repeat(9_000)), 414, "uri-too-long");
  }

  @Test
  void headersMayBeTooLarge() {
    Reply reply = gateway.get("/api/v1/users/1", "X-Padding", "p".repeat(9_000));

    assertProblem(reply, 431, "headers-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /api/v1/users/%zz HTTP/1.1", "GARBAGE"})
  void whatIsNotHttpIsRefused(String line) throws IOException {
    String refusal = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertBareProblem(refusal, "400 Bad Request", "malformed-request");
  }

  @Test
  void whatIsFarTooLongIsCutOff() throws IOException {
    String host = "\r\nHost: localhost\r\n";
    String line = "GET /" + "a".repeat(20_000) + " HTTP/1.1";
    assertBareProblem(raw(line + host + "\r\n"), "414 Request-URI Too Long", "uri-too-long");

    String header = "X-Padding: " + "p".repeat(20_000) + "\r\n\r\n";
    assertBareProblem(
        raw("GET / HTTP/1.1" + host + header),
        "431 Request Header Fields Too Large",
        "headers-too-large");
  }

  /** Reactor Netty loses requests of a connection if answers are written from other threads. */
  @Test
  void oneConnectionServesAnswersAndRefusalsInTurn() {
    for (int i = 0; i < 300; i++) {
      assertThat(gateway.get("/api/v1/users/1").status()).isEqualTo(200);
      assertThat(gateway.get("/nothing").status()).isEqualTo(404);
      assertThat(gateway.get("/api/v1/users/x").status()).isEqualTo(400);
    }
  }

  @Test
  void healthIsToldAtThePortForOperators() {
    Reply reply = gateway.send(gateway.managementPort(), "GET", "/actuator/health");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/status").stringValue()).isEqualTo("UP");
    assertThat(gateway.managementPort()).isNotEqualTo(gateway.port());
  }

  private static void assertProblem(Reply reply, int status, String type) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/" + type);
  }

  private static void assertBareProblem(String answer, String status, String type) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + "\r\n")
        .contains("content-type: application/problem+json\r\n")
        .contains("X-Content-Type-Options: nosniff\r\n")
        .contains("\"type\":\"/problems/" + type + "\"");
  }

  /** Speaks to the gateway without a library that would know better, and hears it out. */
  private static String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}

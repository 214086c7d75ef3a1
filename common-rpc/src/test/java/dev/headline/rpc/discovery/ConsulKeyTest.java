package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.hasty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.consul.Consul;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key of a real Consul, and its faults. */
class ConsulKeyTest {

  private static final String KEY = "headline/policy";

  private final List<Optional<String>> heard = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Consul consul;
  private ConsulKey key;

  @BeforeEach
  void start(@TempDir Path folder) {
    consul = Consul.start(dev.headline.infra.consul.ConsulSettings.in(folder));
    key =
        ConsulKey.follow(hasty(consul.uri()), KEY, value -> heard.add(Optional.ofNullable(value)));
  }

  @AfterEach
  void stop() {
    key.close();
    consul.close();
    http.close();
  }

  @Test
  void aChangeIsHeardOfWithinASecond() throws Exception {
    put("one");
    awaitLast("one");
    long start = System.nanoTime();
    put("two – ü");
    awaitLast("two – ü");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aKeyThatIsDeletedIsGone() throws Exception {
    put("one");
    awaitLast("one");
    send(request().DELETE());

    await().until(() -> heard.getLast().isEmpty());
  }

  @Test
  void aConsulThatComesBackWithoutItsMemoryChangesNothingUntilItHasTheKeyAgain() throws Exception {
    put("one");
    awaitLast("one");
    consul.kill();
    await().until(() -> !consul.isAlive());
    consul.restart();
    put("two");
    awaitLast("two");
    assertThat(heard).containsExactly(Optional.of("one"), Optional.of("two"));

    send(request().DELETE());
    await().until(() -> heard.getLast().isEmpty());
  }

  private void awaitLast(String value) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !heard.isEmpty() && heard.getLast().equals(Optional.of(value)));
  }

  private void put(String value) throws IOException, InterruptedException {
    send(request().PUT(BodyPublishers.ofString(value)));
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(consul.uri().resolve("/v1/kv/" + KEY));
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}

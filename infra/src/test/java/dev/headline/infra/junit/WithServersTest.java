package dev.headline.infra.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.consul.Consul;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.redis.Redis;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithServers
class WithServersTest {

  @Test
  void redisAnswersAPingAndRestartsOnItsPort(Redis redis) throws IOException {
    assertThat(ping(redis)).isEqualTo("+PONG");
    long first = redis.pid();

    redis.kill();
    assertThat(redis.isAlive()).isFalse();
    redis.restart();

    assertThat(redis.pid()).isNotEqualTo(first);
    assertThat(ping(redis)).isEqualTo("+PONG");
  }

  @Test
  void consulElectsALeaderAndForgetsOnRestart(Consul consul)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder key = HttpRequest.newBuilder(consul.uri().resolve("/v1/kv/colour"));
      HttpRequest leader =
          HttpRequest.newBuilder(consul.uri().resolve("/v1/status/leader")).build();
      assertThat(http.send(leader, BodyHandlers.ofString()).body()).startsWith("\"127.0.0.1:");
      http.send(
          key.PUT(HttpRequest.BodyPublishers.ofString("blue")).build(), BodyHandlers.ofString());
      assertThat(http.send(key.GET().build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);

      consul.restart();

      assertThat(http.send(key.GET().build(), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aFreshDatabaseIsThereOnEveryNode(FreshDatabase database) throws SQLException {
    assertThat(database.replicaUrls()).hasSize(1);
    for (String url : database.replicaUrls()) {
      assertThat(currentDatabase(url, database)).isEqualTo(database.name());
    }
    assertThat(currentDatabase(database.primaryUrl(), database)).isEqualTo(database.name());
  }

  @Test
  void aServerIsTheSameForEveryTest(PostgresCluster one, PostgresCluster other) {
    assertThat(one).isSameAs(other);
  }

  @Nested
  class Inside {
    private final FreshDatabase database;

    Inside(FreshDatabase database) {
      this.database = database;
    }

    @Test
    void aNestedClassSharesTheDatabase(FreshDatabase again) {
      assertThat(again).isSameAs(database);
      assertThat(again.name()).startsWith("WithServersTest_");
    }
  }

  private static String ping(Redis redis) throws IOException {
    try (Socket socket = new Socket(redis.endpoint().host(), redis.endpoint().port())) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }
  }

  private static String currentDatabase(String url, FreshDatabase database) throws SQLException {
    try (var connection = DriverManager.getConnection(url, database.role(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT current_database()")) {
      rows.next();
      return rows.getString(1);
    }
  }
}

package dev.headline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.content.v1.ListChangesRequest;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.client.Clients;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service, started as in production but for its addresses. */
@WithServers
class ApplicationTest {

  @Test
  void itServesItsContractAndSaysHowItIs(FreshDatabase database) throws Exception {
    try (var application =
        start(
            "--headline.data.primary-url=" + database.primaryUrl(),
            "--headline.data.replica-urls=" + String.join(",", database.replicaUrls()),
            "--headline.data.username=" + database.role(),
            "--headline.data.password=" + database.password(),
            "--headline.data.migration.username=" + database.owner().name(),
            "--headline.data.migration.password=" + database.owner().password())) {
      var channel = application.getBean(Clients.class).channel("content-service");
      var changes =
          ContentServiceGrpc.newBlockingStub(channel)
              .listChanges(ListChangesRequest.getDefaultInstance());

      assertThat(changes.getChangesList()).isEmpty();
      assertThat(get(application, "/actuator/governance")).contains("edition");
      assertThat(get(application, "/actuator/health/readiness")).contains("UP");
      assertThat(get(application, "/actuator/prometheus"))
          .contains("headline_data_route_total", "hikaricp_connections_acquire_seconds");
      assertManagementIsOnLoopback(application);
    }
  }

  @Test
  void passwordsAreRequired() {
    assertThatThrownBy(ApplicationTest::start)
        .hasStackTraceContaining("headline.data.password is missing and has no default");
    assertThatThrownBy(() -> start("--headline.data.password=secret"))
        .hasStackTraceContaining("headline.data.migration.password is missing and has no default");
  }

  private static ConfigurableApplicationContext start(String... properties) {
    var arguments =
        Stream.of(
            "--server.port=0",
            "--server.address=0.0.0.0",
            "--headline.rpc.directory=local",
            "--headline.rpc.listen=in-process:content-service-test",
            "--headline.rpc.spread=0s");
    return SpringApplication.run(
        Application.class, Stream.concat(arguments, Stream.of(properties)).toArray(String[]::new));
  }

  /** Wherever the service is told to serve, which would be 127.0.0.2 as well. */
  private static void assertManagementIsOnLoopback(ConfigurableApplicationContext application) {
    int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static String get(ConfigurableApplicationContext application, String path)
      throws IOException, InterruptedException {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      var response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    }
  }
}

package dev.headline.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The gateway as it runs in production, in front of {@link FakeServices}; started once for all
 * tests that want the same of it. Before each test the services forget what they saw.
 */
final class RunningGateway implements BeforeAllCallback, BeforeEachCallback {

  private static final List<String> SERVICES =
      List.of("feed-service", "content-service", "user-service", "comment-service");

  /** An answer takes no longer than the longest deadline, and then some. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> settings;

  // Set before any test runs.
  @SuppressWarnings("NullAway.Init")
  private Started started;

  /**
   * @param settings what this gateway is told beside the usual, such as {@code --name=value}
   */
  RunningGateway(String... settings) {
    this.settings = List.of(settings);
  }

  FakeServices services() {
    return started.services;
  }

  int port() {
    return port("local.server.port");
  }

  int managementPort() {
    return port("local.management.port");
  }

  /** Answers of one GET; headers as names and values in turn. */
  Reply get(String path, String... headers) {
    return send("GET", path, headers);
  }

  Reply send(String method, String path, String... headers) {
    return send(port(), method, path, headers);
  }

  Reply send(int port, String method, String path, String... headers) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    request.timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = started.http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    started =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(settings, _ -> new Started(settings), Started.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    started.services.reset();
  }

  private int port(String property) {
    return started.gateway.getEnvironment().getRequiredProperty(property, Integer.class);
  }

  /** What came back. */
  record Reply(int status, HttpHeaders headers, String text) {

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The body, or a part of it by a JSON pointer. */
    JsonNode json(String pointer) {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text).at(pointer);
    }
  }

  private static final class Started implements AutoCloseable {

    private final FakeServices services = new FakeServices();
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext gateway;

    Started(List<String> settings) {
      var arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
      arguments.add("--headline.rpc.directory=fixed");
      arguments.add("--headline.gateway.passthrough=lane");
      arguments.add("--headline.gateway.debug.ledger=true");
      for (String service : SERVICES) {
        arguments.add(
            "--headline.rpc.fixed.%s=tcp://127.0.0.1:%d".formatted(service, services.port()));
      }
      arguments.addAll(settings);
      gateway = SpringApplication.run(Application.class, arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
      gateway.close();
      http.close();
      services.close();
    }
  }
}

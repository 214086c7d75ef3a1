package dev.headline.allinone.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks over HTTP. Blocks for three seconds at most; safe for use by many threads. */
public final class Probe {

  /** What came back; status 0 if nothing did. */
  public record Answer(int status, String body) {}

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(LIMIT).version(HttpClient.Version.HTTP_1_1).build();

  private Probe() {}

  /** GET. */
  public static Answer get(String url) {
    return send(request(url).build());
  }

  /** GET with a header. */
  public static Answer get(String url, String header, String value) {
    return send(request(url).header(header, value).build());
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException noAnswer) {
      return new Answer(0, String.valueOf(noAnswer.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PlatformException("Interrupted while asking " + request.uri(), interrupted);
    }
  }

  /** Whether an instance says that it is well. */
  public static boolean isHealthy(String managementUrl) {
    return get(managementUrl + "/actuator/health").status() == 200;
  }
}

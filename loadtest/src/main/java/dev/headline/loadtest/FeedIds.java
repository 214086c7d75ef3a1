package dev.headline.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What there is to visit, asked of the feed itself before the load begins. */
final class FeedIds {

  private static final int PAGES = 10;
  private static final int PAGE_SIZE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private FeedIds() {}

  /**
   * The ids of the newest contents, up to a thousand, newest first.
   *
   * @throws IllegalStateException if the platform does not answer as it should, or is empty
   */
  static List<String> newest(URI baseUrl) {
    var ids = new ArrayList<String>();
    String cursor = "";
    for (int page = 0; page < PAGES; page++) {
      JsonNode feed = page(baseUrl, cursor);
      feed.path("items").forEach(item -> ids.add(item.path("id").asString()));
      cursor = feed.path("next_cursor").asString("");
      if (cursor.isEmpty()) {
        break;
      }
    }
    if (ids.isEmpty()) {
      throw new IllegalStateException("The feed at " + baseUrl + " is empty: load data first");
    }
    return List.copyOf(ids);
  }

  private static JsonNode page(URI baseUrl, String cursor) {
    String query = "/api/v1/feed?limit=" + PAGE_SIZE;
    if (!cursor.isEmpty()) {
      query += "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve(query)).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new IllegalStateException(
            "%s answered %d: %s".formatted(request.uri(), reply.statusCode(), reply.body()));
      }
      return JsonMapper.shared().readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException("No platform answers at " + baseUrl, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before the load began", e);
    }
  }
}

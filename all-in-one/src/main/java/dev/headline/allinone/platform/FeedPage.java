package dev.headline.allinone.platform;

import dev.headline.infra.process.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page that says whether a platform works: it takes all services to make it.
 *
 * @param status HTTP's
 * @param json the whole answer
 */
public record FeedPage(int status, JsonNode json) {

  /** The newest contents with their authors and comments. */
  public static final String PATH = "/api/v1/feed?limit=5";

  /** As long as the gateway allows: what works slowly, as just after its start, works. */
  private static final String LONGEST = "2000";

  private static final JsonMapper JSON = new JsonMapper();

  /** Asks for it once; the status is 0 if nothing came back. */
  public static FeedPage get(String baseUrl) {
    Probe.Answer answer = Probe.get(baseUrl + PATH, "X-Deadline-Ms", LONGEST);
    try {
      return new FeedPage(
          answer.status(),
          answer.status() == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body()));
    } catch (JacksonException somethingElse) {
      return new FeedPage(answer.status(), JSON.createObjectNode());
    }
  }

  /**
   * Asks until it is complete and has items.
   *
   * @throws PlatformException with the last answer, if that takes longer than the limit
   */
  public static FeedPage awaitItems(String baseUrl, Duration limit) {
    AtomicReference<FeedPage> last = new AtomicReference<>(get(baseUrl));
    boolean there =
        Await.within(
            limit,
            () -> {
              FeedPage page = get(baseUrl);
              last.set(page);
              return page.isComplete() && !page.items().isEmpty();
            });
    if (!there) {
      throw new PlatformException(
          "After %d s the feed is not complete: %s".formatted(limit.toSeconds(), last.get()));
    }
    return last.get();
  }

  /** What is on it; empty if it is no page. */
  public JsonNode items() {
    return json.path("items");
  }

  /** Whether it is a page on which nothing is missing. */
  public boolean isComplete() {
    return status == 200 && items().isArray() && json.path("meta").path("degraded").isEmpty();
  }
}

package dev.headline.gateway.http;

import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.gateway.http.Answer.OnlyPlan;
import dev.headline.gateway.http.Answer.Page;
import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.gateway.http.edge.RequestLimit;
import dev.headline.gateway.http.edge.Requests;
import dev.headline.gateway.http.query.Explain;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.gateway.load.FeedFields;
import dev.headline.gateway.rpc.Feeds;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.rpc.load.LoadPlan;
import dev.headline.rpc.load.LoadRunner;
import dev.headline.rpc.load.Loaded;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Pages of contents: of everybody, or of the people that one user follows. A page of any size is
 * one call for the ids and one for each field.
 */
@RestController
public final class FeedController {

  private static final Set<String> PARAMETERS =
      Set.of("limit", "cursor", "follower", "fields", "explain");

  private final Requests requests;
  private final Feeds feeds;
  private final LoadGraph<Long> graph;
  private final LoadRunner runner;

  public FeedController(Requests requests, Feeds feeds, LoadGraph<Long> graph, LoadRunner runner) {
    this.requests = requests;
    this.feeds = feeds;
    this.graph = graph;
    this.runner = runner;
  }

  @GetMapping(path = "/api/v1/feed", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Answer> feed(ServerWebExchange exchange) {
    return requests.answer(
        exchange, PARAMETERS, asked -> RequestLimit.places(asked.limit()), this::page);
  }

  private Answer page(ApiRequest request) {
    Parameters asked = request.parameters();
    @Nullable Long follower = asked.id("follower");
    int limit = asked.limit();
    String cursor = asked.cursor();
    Explain explain = asked.explain();
    LoadPlan<Long> plan = graph.plan(asked.fields(FeedFields.DEFAULT));
    if (explain == Explain.PLAN) {
      return new OnlyPlan(Explanation.of(plan), Meta.of(request));
    }

    GetFeedResponse page = feeds.page(follower, limit, cursor);
    Loaded loaded = runner.run(plan, new LinkedHashSet<>(page.getContentIdsList()));
    List<ContentView> items =
        page.getContentIdsList().stream()
            .map(id -> loaded.get(FeedFields.CONTENT, id))
            .filter(Objects::nonNull)
            .map(content -> ContentView.of(content, loaded))
            .toList();
    return new Page<>(
        items, page.getNextCursor(), Explanation.of(explain, loaded), Meta.of(request, loaded));
  }
}

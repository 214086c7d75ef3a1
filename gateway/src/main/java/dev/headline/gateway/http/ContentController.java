package dev.headline.gateway.http;

import dev.headline.content.v1.Content;
import dev.headline.gateway.http.Answer.OneContent;
import dev.headline.gateway.http.Answer.OnlyPlan;
import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.gateway.http.edge.Requests;
import dev.headline.gateway.http.query.Explain;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.gateway.load.FeedFields;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.rpc.load.LoadPlan;
import dev.headline.rpc.load.LoadRunner;
import dev.headline.rpc.load.Loaded;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One content. */
@RestController
public final class ContentController {

  private static final Set<String> PARAMETERS = Set.of("fields", "explain");

  private final Requests requests;
  private final LoadGraph<Long> graph;
  private final LoadRunner runner;

  public ContentController(Requests requests, LoadGraph<Long> graph, LoadRunner runner) {
    this.requests = requests;
    this.graph = graph;
    this.runner = runner;
  }

  @GetMapping(path = "/api/v1/contents/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Answer> content(@PathVariable String id, ServerWebExchange exchange) {
    return requests.answer(exchange, PARAMETERS, request -> content(id, request));
  }

  private Answer content(String idText, ApiRequest request) {
    long id = Parameters.id("id", idText);
    Explain explain = request.parameters().explain();
    LoadPlan<Long> plan = graph.plan(request.parameters().fields(FeedFields.DEFAULT));
    if (explain == Explain.PLAN) {
      return new OnlyPlan(Explanation.of(plan), Meta.of(request));
    }

    Loaded loaded = runner.run(plan, Set.of(id));
    Content content = loaded.get(FeedFields.CONTENT, id);
    if (content == null) {
      throw new RpcException(RpcCode.NOT_FOUND, "There is no content %d.".formatted(id));
    }
    return new OneContent(
        ContentView.of(content, loaded), Explanation.of(explain, loaded), Meta.of(request, loaded));
  }
}

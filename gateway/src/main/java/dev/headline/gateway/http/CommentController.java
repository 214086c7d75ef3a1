package dev.headline.gateway.http;

import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.gateway.http.Answer.OnlyPlan;
import dev.headline.gateway.http.Answer.Page;
import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.gateway.http.edge.Requests;
import dev.headline.gateway.http.query.Explain;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.gateway.load.CommentFields;
import dev.headline.gateway.load.CommentFields.Slice;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.rpc.load.LoadPlan;
import dev.headline.rpc.load.LoadRunner;
import dev.headline.rpc.load.Loaded;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The comments of one content, with those who wrote them. A content that does not exist has none:
 * whether it exists is not worth a call for each page.
 */
@RestController
public final class CommentController {

  private static final Set<String> PARAMETERS = Set.of("limit", "cursor", "fields", "explain");

  private final Requests requests;
  private final LoadGraph<Slice> graph;
  private final LoadRunner runner;

  public CommentController(Requests requests, LoadGraph<Slice> graph, LoadRunner runner) {
    this.requests = requests;
    this.graph = graph;
    this.runner = runner;
  }

  @GetMapping(path = "/api/v1/contents/{id}/comments", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Answer> comments(@PathVariable String id, ServerWebExchange exchange) {
    return requests.answer(exchange, PARAMETERS, request -> comments(id, request));
  }

  private Answer comments(String idText, ApiRequest request) {
    Parameters asked = request.parameters();
    var slice = new Slice(Parameters.id("id", idText), asked.limit(), asked.cursor());
    Explain explain = asked.explain();
    LoadPlan<Slice> plan = graph.plan(asked.fields(CommentFields.DEFAULT));
    if (explain == Explain.PLAN) {
      return new OnlyPlan(Explanation.of(plan), Meta.of(request));
    }

    Loaded loaded = runner.run(plan, Set.of(slice));
    ListCommentsResponse page =
        loaded
            .all(CommentFields.COMMENTS)
            .getOrDefault(slice, ListCommentsResponse.getDefaultInstance());
    List<CommentView> items =
        page.getCommentsList().stream()
            .map(c -> CommentView.of(c, loaded.get(CommentFields.COMMENTER, c.getAuthorId())))
            .toList();
    return new Page<>(
        items, page.getNextCursor(), Explanation.of(explain, loaded), Meta.of(request, loaded));
  }
}

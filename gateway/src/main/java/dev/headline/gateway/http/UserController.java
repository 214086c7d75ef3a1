package dev.headline.gateway.http;

import dev.headline.gateway.http.Answer.OneUser;
import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.gateway.http.edge.Requests;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.gateway.rpc.Users;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.user.v1.User;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One user. */
@RestController
public final class UserController {

  private final Requests requests;
  private final Users users;

  public UserController(Requests requests, Users users) {
    this.requests = requests;
    this.users = users;
  }

  @GetMapping(path = "/api/v1/users/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Answer> user(@PathVariable String id, ServerWebExchange exchange) {
    return requests.answer(exchange, Set.of(), request -> user(id, request));
  }

  private Answer user(String idText, ApiRequest request) {
    long id = Parameters.id("id", idText);
    User user = users.batchGet(Set.of(id)).get(id);
    if (user == null) {
      throw new RpcException(RpcCode.NOT_FOUND, "There is no user %d.".formatted(id));
    }
    return new OneUser(UserView.of(user), Meta.of(request));
  }
}

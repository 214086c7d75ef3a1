package dev.headline.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headline.comment.v1.CommentOuterClass;
import dev.headline.content.v1.ContentOuterClass;
import dev.headline.feed.v1.Feed;
import dev.headline.gateway.http.CommentController;
import dev.headline.gateway.http.ContentController;
import dev.headline.gateway.http.FeedController;
import dev.headline.gateway.http.UserController;
import dev.headline.gateway.http.edge.Connections;
import dev.headline.gateway.http.edge.Deadlines;
import dev.headline.gateway.http.edge.Debugging;
import dev.headline.gateway.http.edge.EdgeFilter;
import dev.headline.gateway.http.edge.NettyLimits;
import dev.headline.gateway.http.edge.Passthrough;
import dev.headline.gateway.http.edge.RequestLimit;
import dev.headline.gateway.http.edge.Requests;
import dev.headline.gateway.http.edge.Room;
import dev.headline.gateway.http.edge.SessionSettings;
import dev.headline.gateway.http.edge.Sessions;
import dev.headline.gateway.http.edge.StrictMethods;
import dev.headline.gateway.http.problem.ProblemWriter;
import dev.headline.gateway.load.CommentFields;
import dev.headline.gateway.load.CommentFields.Slice;
import dev.headline.gateway.load.FeedFields;
import dev.headline.gateway.rpc.Comments;
import dev.headline.gateway.rpc.Contents;
import dev.headline.gateway.rpc.Feeds;
import dev.headline.gateway.rpc.Users;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.rpc.load.LoadRunner;
import dev.headline.user.v1.UserOuterClass;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Every object of the gateway, from the services behind it to the first thing a request meets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  Deadlines.class,
  RequestLimit.class,
  Connections.class,
  Debugging.class,
  Passthrough.class,
  SessionSettings.class
})
class Wiring {

  // The services behind it.

  /** What they can be asked, for policies that speak of it. */
  @Bean
  Catalog callees() {
    return Catalog.of(
        Map.of(
            "feed-service", Feed.getDescriptor(),
            "content-service", ContentOuterClass.getDescriptor(),
            "comment-service", CommentOuterClass.getDescriptor(),
            "user-service", UserOuterClass.getDescriptor()));
  }

  @Bean
  Feeds feeds(Clients clients) {
    return new Feeds(clients.channel("feed-service"));
  }

  @Bean
  Contents contents(Clients clients) {
    return new Contents(clients.channel("content-service"));
  }

  @Bean
  Comments comments(Clients clients) {
    return new Comments(clients.channel("comment-service"));
  }

  @Bean
  Users users(Clients clients) {
    return new Users(clients.channel("user-service"));
  }

  // What can be loaded from them.

  @Bean
  LoadGraph<Long> feedFields(Contents contents, Comments comments, Users users) {
    return FeedFields.graph(contents, comments, users);
  }

  @Bean
  LoadGraph<Slice> commentFields(Comments comments, Users users) {
    return CommentFields.graph(comments, users);
  }

  @Bean
  LoadRunner loadRunner() {
    return new LoadRunner();
  }

  // The API.

  @Bean
  Requests requests(
      Deadlines deadlines,
      RequestLimit limit,
      Debugging debugging,
      Passthrough passthrough,
      SessionSettings sessions,
      Governance governance) {
    return new Requests(
        deadlines,
        new Room(limit),
        debugging,
        passthrough,
        new Sessions(sessions),
        governance.spans());
  }

  @Bean
  FeedController feedController(
      Requests requests, Feeds feeds, LoadGraph<Long> fields, LoadRunner runner) {
    return new FeedController(requests, feeds, fields, runner);
  }

  @Bean
  ContentController contentController(
      Requests requests, LoadGraph<Long> fields, LoadRunner runner) {
    return new ContentController(requests, fields, runner);
  }

  @Bean
  CommentController commentController(
      Requests requests, LoadGraph<Slice> fields, LoadRunner runner) {
    return new CommentController(requests, fields, runner);
  }

  @Bean
  UserController userController(Requests requests, Users users) {
    return new UserController(requests, users);
  }

  // What surrounds it, and what it speaks.

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  EdgeFilter edgeFilter() {
    return new EdgeFilter();
  }

  /** Before Spring's own handlers, which would answer without a document. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  WebFluxRegistrations strictMethods() {
    return new WebFluxRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new StrictMethods();
      }
    };
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> nettyLimits(
      JsonMapper json, Connections connections) {
    return factory -> factory.addServerCustomizers(new NettyLimits(json, connections));
  }

  /** In code and not in a file, because it is part of the API. */
  @Bean
  JsonMapperBuilderCustomizer jsonOfTheApi() {
    return json ->
        json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(
                value -> value.withValueInclusion(JsonInclude.Include.NON_NULL));
  }
}

package dev.headline.content;

import dev.headline.content.dal.Articles;
import dev.headline.content.dal.Changes;
import dev.headline.content.dal.Likes;
import dev.headline.content.handler.ContentHandler;
import dev.headline.content.logic.FollowChanges;
import dev.headline.content.logic.ImportContents;
import dev.headline.content.logic.ImportLikes;
import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Every object of this service, from the database up to the contract. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  /** How often a reader who waits looks for changes. */
  private static final Duration CHANGES_INTERVAL = Duration.ofMillis(50);

  @Bean
  DataSettings dataSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("headline.data", DataSettings.class);
  }

  @Bean
  ReplicaRouter replicaRouter(
      DataSettings settings, Environment environment, MeterRegistry meters) {
    // Whoever holds a router may count on the tables.
    Migrations.run(settings, owner(environment), "content-service");
    return ReplicaRouter.open(settings, meters);
  }

  /** No bean, lest somebody else ask for it. */
  private static MigrationSettings owner(Environment environment) {
    return Binder.get(environment).bindOrCreate("headline.data.migration", MigrationSettings.class);
  }

  @Bean
  RedisSettings redisSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("headline.data.redis", RedisSettings.class);
  }

  /** It may be down, now or later; then the database is asked. */
  @Bean
  SharedRedis sharedRedis(RedisSettings settings, MeterRegistry meters) {
    return SharedRedis.open(settings, meters);
  }

  @Bean
  Articles articles(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    return new Articles(router, redis, meters);
  }

  /** The contract; whatever implements a gRPC service is served. */
  @Bean
  ContentHandler contentHandler(ReplicaRouter router, Articles articles) {
    return new ContentHandler(
        articles,
        new FollowChanges(new Changes(router), CHANGES_INTERVAL),
        new ImportContents(router, articles),
        new ImportLikes(router, new Likes(), articles));
  }
}

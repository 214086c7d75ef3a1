package dev.headline.feed;

import dev.headline.content.v1.ContentOuterClass;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.feed.dal.AppliedChanges;
import dev.headline.feed.dal.FeedBlocks;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.handler.FeedHandler;
import dev.headline.feed.logic.BuildFeed;
import dev.headline.feed.logic.FollowChanges;
import dev.headline.feed.logic.FollowMeters;
import dev.headline.feed.logic.Follower;
import dev.headline.feed.rpc.ContentChanges;
import dev.headline.feed.rpc.Follows;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.generic.Catalog;
import dev.headline.user.v1.UserOuterClass;
import dev.headline.user.v1.UserServiceGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Every object of this service, from the database up to the contract. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  private static final String SERVICE = "feed-service";

  @Bean
  DataSettings dataSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("headline.data", DataSettings.class);
  }

  @Bean
  ReplicaRouter replicaRouter(
      DataSettings settings, Environment environment, MeterRegistry meters) {
    // Whoever holds a router may count on the tables.
    Migrations.run(settings, owner(environment), SERVICE);
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
  FeedBlocks feedBlocks(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    return new FeedBlocks(router, redis, meters);
  }

  /** What this service calls, for policies that speak of it. */
  @Bean
  Catalog callees() {
    return Catalog.of(
        Map.of(
            "content-service", ContentOuterClass.getDescriptor(),
            "user-service", UserOuterClass.getDescriptor()));
  }

  /** Keeps the index up to date for as long as this process runs. */
  @Bean(initMethod = "start")
  Follower follower(
      ReplicaRouter router, FeedBlocks blocks, Clients clients, MeterRegistry meters) {
    var contents = ContentServiceGrpc.newBlockingStub(clients.channel("content-service"));
    var followMeters = new FollowMeters(meters, Clock.systemUTC());
    var index = new AppliedChanges(router, blocks);
    var follow = new FollowChanges(new ContentChanges(contents), index, followMeters);
    var self = new Caller(SERVICE, CallKey.DEFAULT_CLUSTER);
    return new Follower(self, follow, followMeters, new Random());
  }

  /** The contract; whatever implements a gRPC service is served. */
  @Bean
  FeedHandler feedHandler(ReplicaRouter router, FeedBlocks blocks, Clients clients) {
    var users = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
    return new FeedHandler(new BuildFeed(blocks, new FeedEntries(router), new Follows(users)));
  }
}

package dev.headline.user;

import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.user.dal.Accounts;
import dev.headline.user.dal.Follows;
import dev.headline.user.handler.UserHandler;
import dev.headline.user.logic.ImportUsers;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Every object of this service, from the database up to the contract. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  @Bean
  DataSettings dataSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("headline.data", DataSettings.class);
  }

  @Bean
  ReplicaRouter replicaRouter(
      DataSettings settings, Environment environment, MeterRegistry meters) {
    // Whoever holds a router may count on the tables.
    Migrations.run(settings, owner(environment), "user-service");
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
  Accounts accounts(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    return new Accounts(router, redis, meters);
  }

  @Bean
  Follows follows(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    return new Follows(router, redis, meters);
  }

  /** The contract; whatever implements a gRPC service is served. */
  @Bean
  UserHandler userHandler(ReplicaRouter router, Accounts accounts, Follows follows) {
    return new UserHandler(accounts, follows, new ImportUsers(router, accounts));
  }
}

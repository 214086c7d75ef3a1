package dev.headline.content;

import dev.headline.content.dal.Articles;
import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.infra.junit.FreshDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** This service's tables in a test's own database, empty. */
public final class ContentDatabase {

  /** Nobody listens there. */
  private static final SharedRedis NOWHERE =
      SharedRedis.open(RedisSettings.at("redis://127.0.0.1:1"), new SimpleMeterRegistry());

  private ContentDatabase() {}

  /** Creates the tables if they are not there, and empties them. */
  public static ReplicaRouter open(FreshDatabase database) {
    return open(database, new SimpleMeterRegistry());
  }

  /** The same, with its decisions counted where the test can see them. */
  public static ReplicaRouter open(FreshDatabase database, MeterRegistry meters) {
    var settings =
        new DataSettings(
            database.primaryUrl(), database.replicaUrls(), database.role(), database.password(), 8);
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(settings, owner, "content-service");
    database.asOwner("truncate content, content_like, content_change");
    return ReplicaRouter.open(settings, meters);
  }

  /** The contents in it, for tests that do not mind that there is no Redis. */
  public static Articles uncached(ReplicaRouter router) {
    return new Articles(router, NOWHERE, new SimpleMeterRegistry());
  }
}

package dev.headline.feed;

import static org.awaitility.Awaitility.await;

import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.feed.dal.AppliedChanges;
import dev.headline.feed.dal.FeedBlocks;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.postgres.PostgresCluster;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The index of feed-service, and what a test does to it. */
final class Index implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ReplicaRouter router;
  final FeedBlocks blocks;
  private final SharedRedis redis;
  private final PostgresCluster cluster;
  private final FreshDatabase database;

  /** Without Redis: nobody listens there. */
  Index(PostgresCluster cluster, FreshDatabase database) {
    this(cluster, database, "redis://127.0.0.1:1");
  }

  Index(PostgresCluster cluster, FreshDatabase database, String redisUrl) {
    this.cluster = cluster;
    this.database = database;
    var settings =
        new DataSettings(
            database.primaryUrl(),
            database.replicaUrls(),
            database.role(),
            database.password(),
            DataSettings.DEFAULT_POOL_SIZE);
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(settings, owner, "feed-service");
    router = ReplicaRouter.open(settings, meters);
    redis = SharedRedis.open(RedisSettings.at(redisUrl), meters);
    blocks = new FeedBlocks(router, redis, meters);
  }

  /** As before the first change, also for reads. */
  void empty() {
    run("delete from feed_entry");
    run("update change_cursor set position = ''");
    cluster.awaitReplicas(PATIENCE);
  }

  /** Waits until reads see what is written. */
  void settle() {
    cluster.awaitReplicas(PATIENCE);
  }

  /** Adds entries as a change does, and waits until reads see them. */
  void add(FeedEntry... entries) {
    apply(entries);
    cluster.awaitReplicas(PATIENCE);
  }

  /** Adds entries as a change does. */
  void apply(FeedEntry... entries) {
    var changes = changes();
    String position = changes.position();
    changes.apply(position, List.of(entries), position + "+");
  }

  AppliedChanges changes() {
    return new AppliedChanges(router, blocks);
  }

  void awaitRedis() {
    await().until(redis::isConnected);
  }

  static FeedEntry entry(long contentId, long authorId, long second) {
    return new FeedEntry(contentId, authorId, Instant.ofEpochSecond(FakeContents.START + second));
  }

  void run(String sql) {
    router.primary().sql(sql).update();
  }

  /** What only the owner of the tables may do. */
  void asOwner(String sql) {
    database.asOwner(sql);
  }

  List<Long> contentIds() {
    return router
        .primary()
        .sql("select content_id from feed_entry order by content_id")
        .query(Long.class)
        .list();
  }

  /**
   * Reads until that costs no statement. Right after a write that takes a moment: until replicas
   * are known to show it, the primary answers and nothing is kept.
   */
  void warm(Runnable read) {
    await()
        .until(
            () -> {
              double before = statements();
              read.run();
              return statements() == before;
            });
  }

  /** How often a node was chosen to ask it something. */
  double statements() {
    return meters.find("headline.data.route").counters().stream().mapToDouble(Counter::count).sum();
  }

  @Override
  public void close() {
    blocks.close();
    redis.close();
    router.close();
  }
}

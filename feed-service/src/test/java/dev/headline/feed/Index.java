package dev.headline.feed;

import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.feed.dal.AppliedChanges;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.postgres.PostgresCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The index of feed-service, and what a test does to it. */
final class Index implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ReplicaRouter router;
  private final PostgresCluster cluster;
  private final FreshDatabase database;

  Index(PostgresCluster cluster, FreshDatabase database) {
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
    router = ReplicaRouter.open(settings, new SimpleMeterRegistry());
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
    var changes = new AppliedChanges(router);
    String position = changes.position();
    changes.apply(position, List.of(entries), position + "+");
    cluster.awaitReplicas(PATIENCE);
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

  @Override
  public void close() {
    router.close();
  }
}

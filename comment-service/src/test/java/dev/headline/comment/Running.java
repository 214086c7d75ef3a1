package dev.headline.comment;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.headline.comment.dal.Comments;
import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.ListCommentsRequest;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.comment.v1.NewComment;
import dev.headline.comment.v1.TopComments;
import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** comment-service as it runs, and what a test says to it. */
final class Running implements AutoCloseable {

  private static final String SERVICE = "comment-service";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ReplicaRouter router;
  final CommentServiceGrpc.CommentServiceBlockingStub stub;
  private final PostgresCluster cluster;
  private final SharedRedis redis;
  private final Comments comments;
  private final GovernedServer server;
  private final Clients clients;
  private final AtomicLong lastContentId = new AtomicLong();

  /** Without Redis: nobody listens there. */
  Running(PostgresCluster cluster, FreshDatabase database) throws IOException {
    this(cluster, database, "redis://127.0.0.1:1");
  }

  Running(PostgresCluster cluster, FreshDatabase database, String redisUrl) throws IOException {
    this.cluster = cluster;
    var settings =
        new DataSettings(
            database.primaryUrl(),
            database.replicaUrls(),
            database.role(),
            database.password(),
            DataSettings.DEFAULT_POOL_SIZE);
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(settings, owner, SERVICE);
    router = ReplicaRouter.open(settings, meters);
    var wiring = new Wiring();
    redis = wiring.sharedRedis(RedisSettings.at(redisUrl), meters);
    comments = wiring.comments(router, redis, meters);
    var patient = new PolicyTable(CallPolicy.within(Duration.ofSeconds(20)), List.of());
    var governance = Governance.of(patient, new RpcMeters(meters));
    server =
        new GovernedServer(
            new Caller(SERVICE, "default"),
            Address.parse("in-process:" + UUID.randomUUID()),
            List.of(wiring.commentHandler(comments)),
            governance,
            false);
    var directory = LocalDirectory.alone();
    directory.register(
        new Instance(SERVICE, SERVICE, "default", server.start(), Instance.DEFAULT_WEIGHT));
    clients = new Clients(new Caller("gateway", "default"), directory, governance);
    stub = CommentServiceGrpc.newBlockingStub(clients.channel(SERVICE));
  }

  /** A content that nobody has commented on. */
  long newContent() {
    return lastContentId.incrementAndGet();
  }

  /** Imports comments and waits until reads see them; gives how many are new. */
  int add(NewComment... comments) {
    var request = ImportCommentsRequest.newBuilder().addAllComments(List.of(comments)).build();
    int created = stub.importComments(request).getCreated();
    settle();
    return created;
  }

  /** Waits until replicas show all that was written. */
  void settle() {
    cluster.awaitReplicas(Duration.ofSeconds(10));
  }

  void awaitRedis() {
    await().until(redis::isConnected);
  }

  TopComments top(long contentId) {
    var request = BatchTopRequest.newBuilder().addContentIds(contentId).build();
    return stub.batchTop(request).getTops(0);
  }

  ListCommentsResponse list(long contentId, int limit, String cursor) {
    return stub.listComments(
        ListCommentsRequest.newBuilder()
            .setContentId(contentId)
            .setLimit(limit)
            .setCursor(cursor)
            .build());
  }

  /** A comment whose text is its source key, written some seconds after 2020 began. */
  static NewComment comment(long contentId, String key, int second) {
    return NewComment.newBuilder()
        .setSourceKey(key)
        .setContentId(contentId)
        .setAuthorId(7)
        .setText(key)
        .setCreatedAt(Timestamp.newBuilder().setSeconds(1_577_836_800L + second))
        .build();
  }

  static NewComment reply(long contentId, String key, String parentKey) {
    return comment(contentId, key, 1_000).toBuilder().setParentSourceKey(parentKey).build();
  }

  @Override
  public void close() {
    clients.close();
    server.close();
    comments.close();
    redis.close();
    router.close();
  }
}

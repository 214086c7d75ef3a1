package dev.headline.user.handler;

import static org.awaitility.Awaitility.await;

import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.user.dal.Accounts;
import dev.headline.user.dal.Follows;
import dev.headline.user.logic.ImportUsers;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.Follow;
import dev.headline.user.v1.ImportFollowsRequest;
import dev.headline.user.v1.ImportUsersRequest;
import dev.headline.user.v1.ImportUsersResponse;
import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.NewUser;
import dev.headline.user.v1.User;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The handler on real Postgres with a replica, and what a test says to it. */
final class Service implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ReplicaRouter router;
  private final PostgresCluster cluster;
  private final SharedRedis redis;
  private final Accounts accounts;
  private final Follows follows;
  private final UserHandler handler;

  /** Without Redis: nobody listens there. */
  Service(PostgresCluster cluster, FreshDatabase database) {
    this(cluster, database, "redis://127.0.0.1:1");
  }

  Service(PostgresCluster cluster, FreshDatabase database, String redisUrl) {
    this.cluster = cluster;
    var settings =
        new DataSettings(
            database.primaryUrl(), database.replicaUrls(), database.role(), database.password(), 4);
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(settings, owner, "user-service");
    router = ReplicaRouter.open(settings, meters);
    database.asOwner("truncate account, follow");
    redis = SharedRedis.open(RedisSettings.at(redisUrl), meters);
    accounts = new Accounts(router, redis, meters);
    follows = new Follows(router, redis, meters);
    handler = new UserHandler(accounts, follows, new ImportUsers(router, accounts));
  }

  ImportUsersResponse importUsers(String... handles) {
    var request = ImportUsersRequest.newBuilder();
    Stream.of(handles)
        .map(handle -> NewUser.newBuilder().setHandle(handle).setDisplayName("The " + handle))
        .forEach(request::addUsers);
    return Replies.of(handler::importUsers, request.build());
  }

  ImportUsersResponse importUser(String handle, String name) {
    var user = NewUser.newBuilder().setHandle(handle).setDisplayName(name);
    return Replies.of(handler::importUsers, ImportUsersRequest.newBuilder().addUsers(user).build());
  }

  List<User> batchGet(Long... ids) {
    settle();
    return batchGet(List.of(ids));
  }

  List<User> batchGet(List<Long> ids) {
    var request = BatchGetRequest.newBuilder().addAllIds(ids).build();
    return Replies.of(handler::batchGet, request).getUsersList();
  }

  int follow(long follower, long... followees) {
    var request = ImportFollowsRequest.newBuilder();
    for (long followee : followees) {
      request.addFollows(Follow.newBuilder().setFollowerId(follower).setFolloweeId(followee));
    }
    return Replies.of(handler::importFollows, request.build()).getCreated();
  }

  /** Waits until replicas show all that was written. */
  void settle() {
    cluster.awaitReplicas(Duration.ofSeconds(5));
  }

  void awaitRedis() {
    await().until(redis::isConnected);
  }

  List<Long> following(long user, int limit) {
    settle();
    return followingNow(user, limit);
  }

  List<Long> followingNow(long user, int limit) {
    var request = ListFollowingRequest.newBuilder().setUserId(user).setLimit(limit).build();
    return Replies.of(handler::listFollowing, request).getUserIdsList();
  }

  /** Ends its access to the database and to Redis. */
  @Override
  public void close() {
    accounts.close();
    follows.close();
    redis.close();
    router.close();
  }
}

package dev.headline.user.handler;

import dev.headline.data.DataSettings;
import dev.headline.data.MigrationSettings;
import dev.headline.data.Migrations;
import dev.headline.data.ReplicaRouter;
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

  private final PostgresCluster cluster;
  private final ReplicaRouter router;
  private final UserHandler handler;

  Service(PostgresCluster cluster, FreshDatabase database) {
    this.cluster = cluster;
    var settings =
        new DataSettings(
            database.primaryUrl(), database.replicaUrls(), database.role(), database.password(), 4);
    var owner = new MigrationSettings(database.owner().name(), database.owner().password());
    Migrations.run(settings, owner, "user-service");
    router = ReplicaRouter.open(settings, new SimpleMeterRegistry());
    database.asOwner("truncate account, follow");
    var accounts = new Accounts(router);
    handler = new UserHandler(accounts, new Follows(router), new ImportUsers(router, accounts));
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
    cluster.awaitReplicas(Duration.ofSeconds(5));
    var request = BatchGetRequest.newBuilder().addAllIds(List.of(ids)).build();
    return Replies.of(handler::batchGet, request).getUsersList();
  }

  int follow(long follower, long... followees) {
    var request = ImportFollowsRequest.newBuilder();
    for (long followee : followees) {
      request.addFollows(Follow.newBuilder().setFollowerId(follower).setFolloweeId(followee));
    }
    return Replies.of(handler::importFollows, request.build()).getCreated();
  }

  List<Long> following(long user, int limit) {
    cluster.awaitReplicas(Duration.ofSeconds(5));
    var request = ListFollowingRequest.newBuilder().setUserId(user).setLimit(limit).build();
    return Replies.of(handler::listFollowing, request).getUserIdsList();
  }

  /** Ends its access to the database. */
  @Override
  public void close() {
    router.close();
  }
}

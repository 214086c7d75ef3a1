package dev.headline.user.handler;

import dev.headline.rpc.server.Arguments;
import dev.headline.user.dal.Accounts;
import dev.headline.user.dal.Follows;
import dev.headline.user.dal.NewAccount;
import dev.headline.user.dal.NewFollow;
import dev.headline.user.logic.ImportUsers;
import dev.headline.user.logic.ImportUsers.Imported;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.Follow;
import dev.headline.user.v1.ImportFollowsRequest;
import dev.headline.user.v1.ImportFollowsResponse;
import dev.headline.user.v1.ImportUsersRequest;
import dev.headline.user.v1.ImportUsersResponse;
import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.ListFollowingResponse;
import dev.headline.user.v1.NewUser;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/** The contract of user-service: what it refuses, and how rows look as messages. */
public final class UserHandler extends UserServiceImplBase {

  private static final Pattern HANDLE = Pattern.compile("[a-z0-9_-]{1,32}");

  private final Accounts accounts;
  private final Follows follows;
  private final ImportUsers importUsers;

  /**
   * @param accounts who people are
   * @param follows whom they follow
   * @param importUsers creates many of them
   */
  public UserHandler(Accounts accounts, Follows follows, ImportUsers importUsers) {
    this.accounts = accounts;
    this.follows = follows;
    this.importUsers = importUsers;
  }

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
    Arguments.atMost(500, request.getIdsCount(), "ids");
    request.getIdsList().forEach(id -> Arguments.id(id, "ids"));
    Collection<User> users = accounts.get(Set.copyOf(request.getIdsList()));
    answer(observer, BatchGetResponse.newBuilder().addAllUsers(users).build());
  }

  @Override
  public void listFollowing(
      ListFollowingRequest request, StreamObserver<ListFollowingResponse> observer) {
    Arguments.id(request.getUserId(), "user_id");
    int limit = Arguments.limit(request.getLimit(), 1_000, Follows.MOST, "limit");
    answer(observer, follows.followedBy(request.getUserId(), limit));
  }

  @Override
  public void importUsers(
      ImportUsersRequest request, StreamObserver<ImportUsersResponse> observer) {
    Arguments.atMost(500, request.getUsersCount(), "users");
    Imported imported =
        importUsers.run(request.getUsersList().stream().map(UserHandler::newAccount).toList());
    answer(
        observer,
        ImportUsersResponse.newBuilder()
            .addAllIds(imported.ids())
            .setCreated(imported.created())
            .build());
  }

  @Override
  public void importFollows(
      ImportFollowsRequest request, StreamObserver<ImportFollowsResponse> observer) {
    Arguments.atMost(2_000, request.getFollowsCount(), "follows");
    int created =
        follows.add(request.getFollowsList().stream().map(UserHandler::newFollow).toList());
    answer(observer, ImportFollowsResponse.newBuilder().setCreated(created).build());
  }

  private static NewAccount newAccount(NewUser user) {
    if (!HANDLE.matcher(user.getHandle()).matches()) {
      throw Arguments.refusal("users.handle must have 1 to 32 characters of a-z, 0-9, '-' and '_'");
    }
    Arguments.text(user.getDisplayName(), 1, 80, "users.display_name");
    return new NewAccount(user.getHandle(), user.getDisplayName());
  }

  private static NewFollow newFollow(Follow follow) {
    Arguments.id(follow.getFollowerId(), "follows.follower_id");
    Arguments.id(follow.getFolloweeId(), "follows.followee_id");
    if (follow.getFollowerId() == follow.getFolloweeId()) {
      throw Arguments.refusal(
          "A user cannot follow themselves, as %d would".formatted(follow.getFollowerId()));
    }
    return new NewFollow(follow.getFollowerId(), follow.getFolloweeId());
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}

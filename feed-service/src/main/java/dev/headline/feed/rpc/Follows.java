package dev.headline.feed.rpc;

import dev.headline.rpc.RpcException;
import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** Asks user-service who follows whom. Safe for many threads. */
public final class Follows {

  /**
   * As many as user-service gives; of someone who follows more, the oldest follows do not count.
   */
  private static final int MOST = 5_000;

  private final UserServiceBlockingStub users;

  public Follows(UserServiceBlockingStub users) {
    this.users = users;
  }

  /**
   * The users that one user follows, newest follow first; none for a user that does not exist.
   *
   * @throws RpcException if user-service does not answer before the deadline of the request
   */
  public List<Long> of(long userId) {
    var request = ListFollowingRequest.newBuilder().setUserId(userId).setLimit(MOST).build();
    try {
      return users.listFollowing(request).getUserIdsList();
    } catch (StatusRuntimeException e) {
      throw RpcException.from(e);
    }
  }
}

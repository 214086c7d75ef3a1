package dev.headline.gateway.rpc;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Channel;
import java.util.Map;
import java.util.Set;

/** user-service. */
public final class Users {

  private final UserServiceBlockingStub stub;

  /**
   * Speaks to user-service.
   *
   * @param channel where it is
   */
  public Users(Channel channel) {
    stub = UserServiceGrpc.newBlockingStub(channel);
  }

  /** Users by id, in one call; one that does not exist is absent. */
  public Map<Long, User> batchGet(Set<Long> ids) {
    var request = BatchGetRequest.newBuilder().addAllIds(ids).build();
    return Reply.of(() -> stub.batchGet(request)).getUsersList().stream()
        .collect(toMap(User::getId, identity()));
  }
}

package dev.headline.feed;

import dev.headline.user.v1.ListFollowingRequest;
import dev.headline.user.v1.ListFollowingResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The follows of a user-service that keeps them in a map. */
final class FakeUsers extends UserServiceGrpc.UserServiceImplBase {

  final Map<Long, List<Long>> following = new ConcurrentHashMap<>();

  @Override
  public void listFollowing(
      ListFollowingRequest request, StreamObserver<ListFollowingResponse> observer) {
    List<Long> followed = following.getOrDefault(request.getUserId(), List.of());
    observer.onNext(
        ListFollowingResponse.newBuilder()
            .addAllUserIds(followed.stream().limit(request.getLimit()).toList())
            .build());
    observer.onCompleted();
  }
}

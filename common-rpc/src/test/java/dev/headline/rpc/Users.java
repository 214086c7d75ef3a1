package dev.headline.rpc;

import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A user service whose answer each test decides. */
final class Users extends UserServiceGrpc.UserServiceImplBase {

  final AtomicInteger calls = new AtomicInteger();
  volatile Function<BatchGetRequest, BatchGetResponse> answer = Users::everybody;

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
    calls.incrementAndGet();
    observer.onNext(answer.apply(request));
    observer.onCompleted();
  }

  static BatchGetRequest ask(long... ids) {
    var request = BatchGetRequest.newBuilder();
    for (long id : ids) {
      request.addIds(id);
    }
    return request.build();
  }

  static BatchGetResponse everybody(BatchGetRequest request) {
    var response = BatchGetResponse.newBuilder();
    request.getIdsList().forEach(id -> response.addUsers(User.newBuilder().setId(id)));
    return response.build();
  }

  static BatchGetResponse named(String name) {
    return BatchGetResponse.newBuilder().addUsers(User.newBuilder().setDisplayName(name)).build();
  }
}

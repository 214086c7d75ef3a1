package dev.headline.allinone.data;

import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceImplBase;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.ImportCommentsResponse;
import dev.headline.comment.v1.NewComment;
import dev.headline.content.v1.ContentServiceGrpc.ContentServiceImplBase;
import dev.headline.content.v1.ImportContentsRequest;
import dev.headline.content.v1.ImportContentsResponse;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.ImportLikesResponse;
import dev.headline.content.v1.Like;
import dev.headline.content.v1.NewContent;
import dev.headline.user.v1.Follow;
import dev.headline.user.v1.ImportFollowsRequest;
import dev.headline.user.v1.ImportFollowsResponse;
import dev.headline.user.v1.ImportUsersRequest;
import dev.headline.user.v1.ImportUsersResponse;
import dev.headline.user.v1.NewUser;
import dev.headline.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The three services that take data in, in memory, behind real gRPC servers in this process. */
final class FakePlatform implements AutoCloseable {

  final Map<String, Long> users = new LinkedHashMap<>();
  final Set<Follow> follows = new LinkedHashSet<>();
  final Map<String, NewContent> contents = new LinkedHashMap<>();
  private final Map<String, Long> contentIds = new LinkedHashMap<>();
  final Set<Like> likes = new LinkedHashSet<>();
  final Map<String, NewComment> comments = new LinkedHashMap<>();

  /** What the next calls fail with, before or after they did their work. */
  final List<Status> failures = new ArrayList<>();

  boolean losesReplies;

  private final String name = UUID.randomUUID().toString();
  private final List<Server> servers =
      List.of(
          serve("user-service", new Users()),
          serve("content-service", new Contents()),
          serve("comment-service", new Comments()));

  /** What leads a command here. */
  List<String> options() {
    return List.of("user-service", "content-service", "comment-service").stream()
        .flatMap(service -> List.of("--fixed", service + "=" + address(service)).stream())
        .toList();
  }

  @Override
  public void close() {
    servers.forEach(Server::shutdownNow);
  }

  private String address(String service) {
    return "in-process:" + name + service;
  }

  private Server serve(String service, BindableService handler) {
    try {
      return InProcessServerBuilder.forName(name + service).addService(handler).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized <R> void answer(StreamObserver<R> observer, Supplier<R> work) {
    Status failure = failures.isEmpty() ? Status.OK : failures.removeFirst();
    R reply = failure.isOk() || losesReplies ? work.get() : null;
    if (reply == null || !failure.isOk()) {
      observer.onError(failure.asRuntimeException());
      return;
    }
    observer.onNext(reply);
    observer.onCompleted();
  }

  private static <T> int addAll(Set<T> known, List<T> items) {
    return (int) items.stream().filter(known::add).count();
  }

  /** The ids of the items; one that is new gets its id now. */
  private static <T> List<Long> identify(
      Map<String, Long> ids, List<T> items, Function<T, String> key) {
    return items.stream()
        .map(item -> ids.computeIfAbsent(key.apply(item), _ -> 1_000L + ids.size()))
        .toList();
  }

  private final class Users extends UserServiceImplBase {

    @Override
    public void importUsers(
        ImportUsersRequest request, StreamObserver<ImportUsersResponse> observer) {
      answer(
          observer,
          () -> {
            int before = users.size();
            List<Long> ids = identify(users, request.getUsersList(), NewUser::getHandle);
            return ImportUsersResponse.newBuilder()
                .addAllIds(ids)
                .setCreated(users.size() - before)
                .build();
          });
    }

    @Override
    public void importFollows(
        ImportFollowsRequest request, StreamObserver<ImportFollowsResponse> observer) {
      answer(
          observer,
          () ->
              ImportFollowsResponse.newBuilder()
                  .setCreated(addAll(follows, request.getFollowsList()))
                  .build());
    }
  }

  private final class Contents extends ContentServiceImplBase {

    @Override
    public void importContents(
        ImportContentsRequest request, StreamObserver<ImportContentsResponse> observer) {
      answer(
          observer,
          () -> {
            List<NewContent> items = request.getContentsList();
            int before = contents.size();
            items.forEach(item -> contents.putIfAbsent(item.getSourceKey(), item));
            return ImportContentsResponse.newBuilder()
                .addAllIds(identify(contentIds, items, NewContent::getSourceKey))
                .setCreated(contents.size() - before)
                .build();
          });
    }

    @Override
    public void importLikes(
        ImportLikesRequest request, StreamObserver<ImportLikesResponse> observer) {
      answer(
          observer,
          () ->
              ImportLikesResponse.newBuilder()
                  .setCreated(addAll(likes, request.getLikesList()))
                  .build());
    }
  }

  private final class Comments extends CommentServiceImplBase {

    @Override
    public void importComments(
        ImportCommentsRequest request, StreamObserver<ImportCommentsResponse> observer) {
      answer(
          observer,
          () -> {
            int created = 0;
            for (NewComment comment : request.getCommentsList()) {
              String parent = comment.getParentSourceKey();
              if (!parent.isEmpty() && !comments.containsKey(parent)) {
                throw Status.FAILED_PRECONDITION.asRuntimeException();
              }
              created += comments.putIfAbsent(comment.getSourceKey(), comment) == null ? 1 : 0;
            }
            return ImportCommentsResponse.newBuilder().setCreated(created).build();
          });
    }
  }
}

package dev.headline.gateway;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.BatchTopResponse;
import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceImplBase;
import dev.headline.comment.v1.ListCommentsRequest;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.content.v1.ContentServiceGrpc.ContentServiceImplBase;
import dev.headline.feed.v1.FeedServiceGrpc.FeedServiceImplBase;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.rpc.BaggageText;
import dev.headline.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The four services behind the gateway, on one TCP port. */
final class FakeServices implements AutoCloseable {

  final FakeRpc<GetFeedRequest, GetFeedResponse> feed = new FakeRpc<>(FakeServices::usualFeed);

  final FakeRpc<dev.headline.content.v1.BatchGetRequest, dev.headline.content.v1.BatchGetResponse>
      contents = new FakeRpc<>(FakeServices::usualContents);

  final FakeRpc<dev.headline.user.v1.BatchGetRequest, dev.headline.user.v1.BatchGetResponse> users =
      new FakeRpc<>(FakeServices::usualUsers);

  final FakeRpc<BatchTopRequest, BatchTopResponse> topComments =
      new FakeRpc<>(FakeServices::usualTop);

  final FakeRpc<ListCommentsRequest, ListCommentsResponse> comments =
      new FakeRpc<>(FakeServices::usualComments);

  private final Server server;
  private volatile Metadata latestHeaders = new Metadata();
  private volatile @Nullable String told;

  FakeServices() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .intercept(new RememberHeaders())
              .addService(new FeedService())
              .addService(new ContentService())
              .addService(new UserService())
              .addService(new CommentService())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  void reset() {
    told = null;
    all().forEach(FakeRpc::reset);
  }

  /** What stands beside all replies from now on. */
  void tells(String baggage) {
    told = baggage;
  }

  /** The calls of all methods together. */
  int calls() {
    return all().stream().mapToInt(FakeRpc::calls).sum();
  }

  /** A header of the latest call. */
  @Nullable String header(Metadata.Key<String> key) {
    return latestHeaders.get(key);
  }

  private List<FakeRpc<?, ?>> all() {
    return List.of(feed, contents, users, topComments, comments);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Contents 1 to 3, and another page behind them. */
  private static GetFeedResponse usualFeed(GetFeedRequest request) {
    return GetFeedResponse.newBuilder()
        .addAllContentIds(List.of(3L, 2L, 1L))
        .setNextCursor("after-1")
        .build();
  }

  private static dev.headline.content.v1.BatchGetResponse usualContents(
      dev.headline.content.v1.BatchGetRequest request) {
    return dev.headline.content.v1.BatchGetResponse.newBuilder()
        .addAllContents(known(request.getIdsList()).mapToObj(Samples::content).toList())
        .build();
  }

  private static dev.headline.user.v1.BatchGetResponse usualUsers(
      dev.headline.user.v1.BatchGetRequest request) {
    return dev.headline.user.v1.BatchGetResponse.newBuilder()
        .addAllUsers(known(request.getIdsList()).mapToObj(Samples::user).toList())
        .build();
  }

  private static BatchTopResponse usualTop(BatchTopRequest request) {
    return BatchTopResponse.newBuilder()
        .addAllTops(request.getContentIdsList().stream().map(Samples::top).toList())
        .build();
  }

  private static ListCommentsResponse usualComments(ListCommentsRequest request) {
    return ListCommentsResponse.newBuilder()
        .addComments(Samples.comment(11, request.getContentId()))
        .addComments(Samples.comment(10, request.getContentId()))
        .build();
  }

  private static LongStream known(List<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).filter(id -> id != Samples.NOBODY);
  }

  private final class RememberHeaders implements ServerInterceptor {

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      latestHeaders = headers;
      return next.startCall(new Telling<>(call), headers);
    }
  }

  private final class Telling<Q, R> extends SimpleForwardingServerCall<Q, R> {

    Telling(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (told != null) {
        trailers.put(BaggageText.TRAILER, told);
      }
      super.close(status, trailers);
    }
  }

  private final class FeedService extends FeedServiceImplBase {

    @Override
    public void getFeed(GetFeedRequest request, StreamObserver<GetFeedResponse> caller) {
      feed.serve(request, caller);
    }
  }

  private final class ContentService extends ContentServiceImplBase {

    @Override
    public void batchGet(
        dev.headline.content.v1.BatchGetRequest request,
        StreamObserver<dev.headline.content.v1.BatchGetResponse> caller) {
      contents.serve(request, caller);
    }
  }

  private final class UserService extends UserServiceImplBase {

    @Override
    public void batchGet(
        dev.headline.user.v1.BatchGetRequest request,
        StreamObserver<dev.headline.user.v1.BatchGetResponse> caller) {
      users.serve(request, caller);
    }
  }

  private final class CommentService extends CommentServiceImplBase {

    @Override
    public void batchTop(BatchTopRequest request, StreamObserver<BatchTopResponse> caller) {
      topComments.serve(request, caller);
    }

    @Override
    public void listComments(
        ListCommentsRequest request, StreamObserver<ListCommentsResponse> caller) {
      comments.serve(request, caller);
    }
  }
}

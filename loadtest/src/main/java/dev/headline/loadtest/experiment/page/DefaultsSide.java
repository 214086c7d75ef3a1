package dev.headline.loadtest.experiment.page;

import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * grpc-java as its own examples use it: default executors and transport, support for retries left
 * on, blocking stubs. Virtual threads make the three calls in parallel, as on the other sides.
 */
final class DefaultsSide {

  private DefaultsSide() {}

  static int serve() throws IOException {
    ServerBuilder<?> builder = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
    PageServices.all().forEach(builder::addService);
    Server server = builder.build().start();
    return server.getPort();
  }

  // It is there until the process ends.
  @SuppressWarnings("resource")
  static PageReader connect(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(Side.HOST, port, InsecureChannelCredentials.create())
            .build();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    var contents = ContentServiceGrpc.newBlockingStub(channel);
    var comments = CommentServiceGrpc.newBlockingStub(channel);
    var users = UserServiceGrpc.newBlockingStub(channel);
    return () -> {
      var besides = threads.submit(() -> within(comments).batchTop(Page.COMMENTS));
      var authors = threads.submit(() -> within(users).batchGet(Page.USERS));
      var main = within(contents).batchGet(Page.CONTENTS);
      return new Page(main, get(besides), get(authors));
    };
  }

  private static <S extends AbstractStub<S>> S within(S stub) {
    return stub.withDeadlineAfter(Side.DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static <T> T get(Future<T> reply) {
    try {
      return reply.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("No reply", e);
    }
  }
}

package dev.headline.loadtest.experiment.page;

import com.google.common.util.concurrent.ListenableFuture;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.AbstractStub;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * grpc-java as fast as we know to make it: epoll, one event loop for each processor, direct
 * executors, no support for retries, one hop to a virtual thread for the handler, and a client that
 * sends all three calls before it waits, so that it starts no threads for them.
 */
final class BareSide {

  private BareSide() {}

  static int serve() throws IOException {
    EventLoopGroup loops = loops();
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .channelType(EpollServerSocketChannel.class)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .directExecutor();
    for (BindableService service : PageServices.all()) {
      builder.addService(ServerInterceptors.intercept(service, new HopOnce()));
    }
    Server server = builder.build().start();
    return server.getPort();
  }

  static PageReader connect(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(Side.HOST, port)
            .channelType(EpollSocketChannel.class)
            .eventLoopGroup(loops())
            .usePlaintext()
            .directExecutor()
            .disableRetry()
            .build();
    var contents = ContentServiceGrpc.newFutureStub(channel);
    var comments = CommentServiceGrpc.newFutureStub(channel);
    var users = UserServiceGrpc.newFutureStub(channel);
    return () -> {
      var main = within(contents).batchGet(Page.CONTENTS);
      var besides = within(comments).batchTop(Page.COMMENTS);
      var authors = within(users).batchGet(Page.USERS);
      return new Page(get(main), get(besides), get(authors));
    };
  }

  private static <S extends AbstractStub<S>> S within(S stub) {
    return stub.withDeadlineAfter(Side.DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static <T> T get(ListenableFuture<T> reply) {
    try {
      return reply.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("No reply", e);
    }
  }

  private static EventLoopGroup loops() {
    return new MultiThreadIoEventLoopGroup(
        Runtime.getRuntime().availableProcessors(),
        new DefaultThreadFactory("bare", true),
        EpollIoHandler.newFactory());
  }
}

package dev.headline.allinone.data;

import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceBlockingStub;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Channel;
import java.util.function.Function;

/**
 * The services that take data in.
 *
 * @param users user-service
 * @param contents content-service
 * @param comments comment-service
 */
record Services(
    UserServiceBlockingStub users,
    ContentServiceBlockingStub contents,
    CommentServiceBlockingStub comments) {

  /** The services behind the channels that lead to them, by their names. */
  static Services over(Function<String, Channel> channels) {
    return new Services(
        UserServiceGrpc.newBlockingStub(channels.apply("user-service")),
        ContentServiceGrpc.newBlockingStub(channels.apply("content-service")),
        CommentServiceGrpc.newBlockingStub(channels.apply("comment-service")));
  }
}

package dev.headline.allinone.endtoend;

import com.google.protobuf.Timestamp;
import dev.headline.allinone.platform.FeedPage;
import dev.headline.allinone.platform.Platform;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.NewComment;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.content.v1.ImportContentsRequest;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.Like;
import dev.headline.content.v1.NewContent;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.ImportUsersRequest;
import dev.headline.user.v1.NewUser;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.function.Function;

/** Three articles by two people, a like and two comments: enough for a page to be wrong. */
final class Sample {

  private Sample() {}

  /** Brings it in, as any gRPC client could. */
  static void load(Platform platform) {
    load(platform, 3);
  }

  /** As many contents, by two people, and two comments. */
  static void load(Platform platform, int contents) {
    List<Long> people = with(platform, "user-service", Sample::people);
    List<Long> articles =
        with(platform, "content-service", channel -> articles(channel, people, contents));
    with(platform, "comment-service", channel -> comments(channel, people, articles));
  }

  /** Has the code compiled and the connections opened that a page takes. */
  static void warmUp(Platform platform) {
    for (int page = 0; page < 20; page++) {
      FeedPage.get(platform.baseUrl());
    }
  }

  private static <T> T with(Platform platform, String service, Function<Channel, T> work) {
    String door =
        platform.instances().stream()
            .filter(instance -> instance.placement().service().serviceName().equals(service))
            .findFirst()
            .orElseThrow()
            .door();
    ManagedChannel channel = Channels.open(Address.parse(door));
    try {
      return work.apply(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private static List<Long> people(Channel channel) {
    return UserServiceGrpc.newBlockingStub(channel)
        .importUsers(
            ImportUsersRequest.newBuilder()
                .addUsers(NewUser.newBuilder().setHandle("ada").setDisplayName("Ada"))
                .addUsers(NewUser.newBuilder().setHandle("bob").setDisplayName("Bob"))
                .build())
        .getIdsList();
  }

  private static List<Long> articles(Channel channel, List<Long> people, int count) {
    var contents = ContentServiceGrpc.newBlockingStub(channel);
    var request = ImportContentsRequest.newBuilder();
    for (int number = 0; number < count; number++) {
      request.addContents(
          NewContent.newBuilder()
              .setSourceKey("sample-" + number)
              .setAuthorId(people.get(number % 2))
              .setTitle("Article " + number)
              .setBody("Text " + number)
              .setPublisher("example.org")
              .setPublishedAt(Timestamp.newBuilder().setSeconds(1_700_000_000L + number)));
    }
    List<Long> ids = contents.importContents(request.build()).getIdsList();
    contents.importLikes(
        ImportLikesRequest.newBuilder()
            .addLikes(Like.newBuilder().setContentId(ids.getFirst()).setUserId(people.getLast()))
            .build());
    return ids;
  }

  private static int comments(Channel channel, List<Long> people, List<Long> articles) {
    NewComment.Builder comment =
        NewComment.newBuilder()
            .setContentId(articles.getFirst())
            .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_100L));
    return CommentServiceGrpc.newBlockingStub(channel)
        .importComments(
            ImportCommentsRequest.newBuilder()
                .addComments(
                    comment
                        .clone()
                        .setSourceKey("one")
                        .setAuthorId(people.getLast())
                        .setText("First"))
                .addComments(
                    comment
                        .clone()
                        .setSourceKey("two")
                        .setAuthorId(people.getFirst())
                        .setText("Thanks")
                        .setParentSourceKey("one"))
                .build())
        .getCreated();
  }
}

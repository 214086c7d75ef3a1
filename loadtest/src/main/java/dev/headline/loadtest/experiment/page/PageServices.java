package dev.headline.loadtest.experiment.page;

import com.google.protobuf.Timestamp;
import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.BatchTopResponse;
import dev.headline.comment.v1.Comment;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.TopComments;
import dev.headline.content.v1.Content;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * The three services of a page, which answer out of the air: what their replies cost is the same on
 * both sides and nothing but replies is left, which is the hardest case for whatever stands
 * between.
 */
final class PageServices {

  private static final Timestamp SOME_DAY =
      Timestamp.newBuilder().setSeconds(1_767_225_600).build();

  private PageServices() {}

  static List<BindableService> all() {
    return List.of(new Contents(), new Comments(), new Users());
  }

  private static <R> void answer(StreamObserver<R> observer, R reply) {
    observer.onNext(reply);
    observer.onCompleted();
  }

  private static final class Contents extends ContentServiceGrpc.ContentServiceImplBase {

    @Override
    public void batchGet(
        dev.headline.content.v1.BatchGetRequest request,
        StreamObserver<dev.headline.content.v1.BatchGetResponse> observer) {
      var reply = dev.headline.content.v1.BatchGetResponse.newBuilder();
      for (long id : request.getIdsList()) {
        reply.addContents(
            Content.newBuilder()
                .setId(id)
                .setAuthorId(id + 1_000)
                .setTitle("A headline of about sixty characters, as most of them are it")
                .setBody("Text of some length, which the page shows below its headline. ".repeat(2))
                .setPublisher("example.org")
                .setPublishedAt(SOME_DAY)
                .setLikeCount(id % 100));
      }
      answer(observer, reply.build());
    }
  }

  private static final class Comments extends CommentServiceGrpc.CommentServiceImplBase {

    @Override
    public void batchTop(BatchTopRequest request, StreamObserver<BatchTopResponse> observer) {
      var reply = BatchTopResponse.newBuilder();
      for (long id : request.getContentIdsList()) {
        reply.addTops(
            TopComments.newBuilder()
                .setContentId(id)
                .addComments(
                    Comment.newBuilder()
                        .setId(id + 7)
                        .setContentId(id)
                        .setAuthorId(id + 2_000)
                        .setText("What somebody has to say to that")
                        .setCreatedAt(SOME_DAY))
                .setCommentCount(12));
      }
      answer(observer, reply.build());
    }
  }

  private static final class Users extends UserServiceGrpc.UserServiceImplBase {

    @Override
    public void batchGet(
        dev.headline.user.v1.BatchGetRequest request,
        StreamObserver<dev.headline.user.v1.BatchGetResponse> observer) {
      var reply = dev.headline.user.v1.BatchGetResponse.newBuilder();
      for (long id : request.getIdsList()) {
        reply.addUsers(
            User.newBuilder()
                .setId(id)
                .setHandle("someone-" + id)
                .setDisplayName("Someone Like You")
                .setCreatedAt(SOME_DAY));
      }
      answer(observer, reply.build());
    }
  }
}

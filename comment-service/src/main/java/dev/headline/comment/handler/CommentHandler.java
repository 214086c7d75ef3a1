package dev.headline.comment.handler;

import dev.headline.comment.dal.Comment;
import dev.headline.comment.dal.Comments;
import dev.headline.comment.logic.ImportComments;
import dev.headline.comment.logic.ListComments;
import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.BatchTopResponse;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.ImportCommentsResponse;
import dev.headline.comment.v1.ListCommentsRequest;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.comment.v1.TopComments;
import dev.headline.data.paging.Keyset;
import dev.headline.data.paging.KeysetCursor;
import dev.headline.data.paging.Page;
import dev.headline.rpc.server.Arguments;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;

/** The calls of comment-service, as its contract describes them. Safe for many threads. */
public final class CommentHandler extends CommentServiceGrpc.CommentServiceImplBase {

  private static final KeysetCursor CURSORS =
      new KeysetCursor("cursor did not come from an earlier page of these comments");

  private static final int LARGEST_READ = 100;
  private static final int LARGEST_IMPORT = 500;
  private static final int STANDARD_TOP = 3;
  private static final int STANDARD_PAGE = 20;
  private static final int LARGEST_PAGE = 100;

  private final Comments comments;
  private final ListComments listComments;
  private final ImportComments importComments;

  /**
   * @param comments finds the top of many contents
   * @param listComments pages through one content
   * @param importComments takes over many comments
   */
  public CommentHandler(
      Comments comments, ListComments listComments, ImportComments importComments) {
    this.comments = comments;
    this.listComments = listComments;
    this.importComments = importComments;
  }

  @Override
  public void batchTop(BatchTopRequest request, StreamObserver<BatchTopResponse> observer) {
    Arguments.atMost(LARGEST_READ, request.getContentIdsCount(), "content_ids");
    request.getContentIdsList().forEach(id -> Arguments.id(id, "content_ids"));
    int perContent =
        Arguments.limit(request.getPerContent(), STANDARD_TOP, Comments.MOST_TOP, "per_content");

    List<TopComments> tops = comments.top(Set.copyOf(request.getContentIdsList()), perContent);
    answer(observer, BatchTopResponse.newBuilder().addAllTops(tops).build());
  }

  @Override
  public void listComments(
      ListCommentsRequest request, StreamObserver<ListCommentsResponse> observer) {
    long contentId = request.getContentId();
    Arguments.id(contentId, "content_id");
    int limit = Arguments.limit(request.getLimit(), STANDARD_PAGE, LARGEST_PAGE, "limit");
    Keyset after = CURSORS.decode(scope(contentId), request.getCursor());
    Page<Comment> page = listComments.page(contentId, after, limit);

    var response = ListCommentsResponse.newBuilder();
    page.entries().forEach(comment -> response.addComments(comment.message()));
    response.setNextCursor(CURSORS.encode(scope(contentId), page.end()));
    answer(observer, response.build());
  }

  @Override
  public void importComments(
      ImportCommentsRequest request, StreamObserver<ImportCommentsResponse> observer) {
    Arguments.atMost(LARGEST_IMPORT, request.getCommentsCount(), "comments");
    int created =
        importComments.run(request.getCommentsList().stream().map(Messages::newComment).toList());
    answer(observer, ImportCommentsResponse.newBuilder().setCreated(created).build());
  }

  /** What a cursor belongs to: the comments of one content. */
  private static String scope(long contentId) {
    return "comments:" + contentId;
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}

package dev.headline.gateway.rpc;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceBlockingStub;
import dev.headline.comment.v1.ListCommentsRequest;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.comment.v1.TopComments;
import io.grpc.Channel;
import java.util.Map;
import java.util.Set;

/** comment-service. */
public final class Comments {

  private final CommentServiceBlockingStub stub;

  /**
   * Speaks to comment-service.
   *
   * @param channel where it is
   */
  public Comments(Channel channel) {
    stub = CommentServiceGrpc.newBlockingStub(channel);
  }

  /** The top comments of each content, by the content's id, in one call. */
  public Map<Long, TopComments> batchTop(Set<Long> contentIds) {
    var request = BatchTopRequest.newBuilder().addAllContentIds(contentIds).build();
    return Reply.of(() -> stub.batchTop(request)).getTopsList().stream()
        .collect(toMap(TopComments::getContentId, identity()));
  }

  /**
   * One page of the comments of one content, newest first.
   *
   * @param limit 1 to 100
   * @param cursor what the page before named as the next; empty for the first
   */
  public ListCommentsResponse list(long contentId, int limit, String cursor) {
    var request =
        ListCommentsRequest.newBuilder()
            .setContentId(contentId)
            .setLimit(limit)
            .setCursor(cursor)
            .build();
    return Reply.of(() -> stub.listComments(request));
  }
}

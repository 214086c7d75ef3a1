package dev.headline.gateway.rpc;

import dev.headline.feed.v1.FeedServiceGrpc;
import dev.headline.feed.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import dev.headline.feed.v1.Following;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.feed.v1.Newest;
import io.grpc.Channel;
import org.jspecify.annotations.Nullable;

/** feed-service. */
public final class Feeds {

  private final FeedServiceBlockingStub stub;

  /**
   * Speaks to feed-service.
   *
   * @param channel where it is
   */
  public Feeds(Channel channel) {
    stub = FeedServiceGrpc.newBlockingStub(channel);
  }

  /**
   * The ids of one page.
   *
   * @param follower whose followed people's contents to show; null for everybody's
   * @param limit 1 to 100
   * @param cursor what the page before named as the next; empty for the first
   */
  public GetFeedResponse page(@Nullable Long follower, int limit, String cursor) {
    var request = GetFeedRequest.newBuilder().setLimit(limit).setCursor(cursor);
    if (follower == null) {
      request.setNewest(Newest.getDefaultInstance());
    } else {
      request.setFollowing(Following.newBuilder().setUserId(follower));
    }
    return Reply.of(() -> stub.getFeed(request.build()));
  }
}

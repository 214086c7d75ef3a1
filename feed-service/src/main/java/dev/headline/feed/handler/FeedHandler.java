package dev.headline.feed.handler;

import dev.headline.data.paging.Keyset;
import dev.headline.data.paging.KeysetCursor;
import dev.headline.data.paging.Page;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.logic.BuildFeed;
import dev.headline.feed.logic.FeedKind;
import dev.headline.feed.v1.FeedServiceGrpc;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.rpc.server.Arguments;
import io.grpc.stub.StreamObserver;

/** The calls of feed-service, as its contract describes them. Safe for many threads. */
public final class FeedHandler extends FeedServiceGrpc.FeedServiceImplBase {

  private static final KeysetCursor CURSORS =
      new KeysetCursor("cursor did not come from an earlier page of this feed");

  private static final int STANDARD_LIMIT = 20;
  private static final int LARGEST_LIMIT = 100;

  private final BuildFeed buildFeed;

  /**
   * @param buildFeed builds the pages
   */
  public FeedHandler(BuildFeed buildFeed) {
    this.buildFeed = buildFeed;
  }

  @Override
  public void getFeed(GetFeedRequest request, StreamObserver<GetFeedResponse> observer) {
    FeedKind kind = kind(request);
    String scope = scope(kind);
    int limit = Arguments.limit(request.getLimit(), STANDARD_LIMIT, LARGEST_LIMIT, "limit");
    Keyset after = CURSORS.decode(scope, request.getCursor());
    Page<FeedEntry> page = buildFeed.page(kind, after, limit);

    var response = GetFeedResponse.newBuilder();
    page.entries().stream().map(FeedEntry::contentId).forEach(response::addContentIds);
    response.setNextCursor(CURSORS.encode(scope, page.end()));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static FeedKind kind(GetFeedRequest request) {
    return switch (request.getSourceCase()) {
      case NEWEST -> new FeedKind.Newest();
      case FOLLOWING -> following(request.getFollowing().getUserId());
      case SOURCE_NOT_SET ->
          throw Arguments.refusal("source must be set, to newest or to following");
    };
  }

  private static FeedKind following(long userId) {
    Arguments.id(userId, "following.user_id");
    return new FeedKind.Following(userId);
  }

  /** What a cursor belongs to: a feed and its reader. */
  private static String scope(FeedKind kind) {
    return switch (kind) {
      case FeedKind.Newest() -> "newest";
      case FeedKind.Following(long userId) -> "following:" + userId;
    };
  }
}

package dev.headline.content.handler;

import dev.headline.content.dal.Articles;
import dev.headline.content.dal.ContentChange;
import dev.headline.content.dal.Position;
import dev.headline.content.logic.FollowChanges;
import dev.headline.content.logic.ImportContents;
import dev.headline.content.logic.ImportContents.Imported;
import dev.headline.content.logic.ImportLikes;
import dev.headline.content.v1.BatchGetRequest;
import dev.headline.content.v1.BatchGetResponse;
import dev.headline.content.v1.Content;
import dev.headline.content.v1.ContentServiceGrpc.ContentServiceImplBase;
import dev.headline.content.v1.ImportContentsRequest;
import dev.headline.content.v1.ImportContentsResponse;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.ImportLikesResponse;
import dev.headline.content.v1.ListChangesRequest;
import dev.headline.content.v1.ListChangesResponse;
import dev.headline.rpc.server.Arguments;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The contract of content-service: what it refuses, and what it answers. */
public final class ContentHandler extends ContentServiceImplBase {

  private final Articles articles;
  private final FollowChanges followChanges;
  private final ImportContents importContents;
  private final ImportLikes importLikes;

  /**
   * @param articles the contents
   * @param followChanges what became of them
   * @param importContents publishes many
   * @param importLikes likes many
   */
  public ContentHandler(
      Articles articles,
      FollowChanges followChanges,
      ImportContents importContents,
      ImportLikes importLikes) {
    this.articles = articles;
    this.followChanges = followChanges;
    this.importContents = importContents;
    this.importLikes = importLikes;
  }

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
    Arguments.atMost(100, request.getIdsCount(), "ids");
    request.getIdsList().forEach(id -> Arguments.id(id, "ids"));
    Collection<Content> contents = articles.get(Set.copyOf(request.getIdsList()));
    answer(observer, BatchGetResponse.newBuilder().addAllContents(contents).build());
  }

  @Override
  public void listChanges(
      ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
    Position position =
        Position.parse(request.getAfterPosition())
            .orElseThrow(() -> Arguments.refusal("after_position is not one that was given out"));
    int limit = Arguments.limit(request.getLimit(), 500, 1_000, "limit");
    if (request.getWaitMillis() < 0 || request.getWaitMillis() > 20_000) {
      throw Arguments.refusal("wait_millis must be 0 to 20000");
    }
    List<ContentChange> changes =
        followChanges.after(position, limit, Duration.ofMillis(request.getWaitMillis()));
    Position next = changes.isEmpty() ? position : changes.getLast().position();
    answer(
        observer,
        ListChangesResponse.newBuilder()
            .addAllChanges(changes.stream().map(Messages::change).toList())
            .setNextPosition(next.toString())
            .build());
  }

  @Override
  public void importContents(
      ImportContentsRequest request, StreamObserver<ImportContentsResponse> observer) {
    Arguments.atMost(500, request.getContentsCount(), "contents");
    Imported imported =
        importContents.run(request.getContentsList().stream().map(Messages::newArticle).toList());
    answer(
        observer,
        ImportContentsResponse.newBuilder()
            .addAllIds(imported.ids())
            .setCreated(imported.created())
            .build());
  }

  @Override
  public void importLikes(
      ImportLikesRequest request, StreamObserver<ImportLikesResponse> observer) {
    Arguments.atMost(5_000, request.getLikesCount(), "likes");
    int created = importLikes.run(request.getLikesList().stream().map(Messages::newLike).toList());
    answer(observer, ImportLikesResponse.newBuilder().setCreated(created).build());
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}

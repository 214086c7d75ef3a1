package dev.headline.feed;

import com.google.protobuf.Timestamp;
import dev.headline.content.v1.Change;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.content.v1.ListChangesRequest;
import dev.headline.content.v1.ListChangesResponse;
import dev.headline.content.v1.Published;
import dev.headline.rpc.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The change feed of a content-service that keeps everything in a list; a position is the number of
 * changes before it.
 */
final class FakeContents extends ContentServiceGrpc.ContentServiceImplBase {

  /** 2020 begins. */
  static final long START = 1_577_836_800L;

  final AtomicInteger waiting = new AtomicInteger();

  /** Never gives more than so many changes at once, whatever the caller asks for. */
  volatile int mostAtOnce = Integer.MAX_VALUE;

  private final List<Change> changes = new ArrayList<>();

  /** Publishes a content some seconds after 2020 began. */
  void publish(long contentId, long authorId, long second) {
    publish(contentId, authorId, Instant.ofEpochSecond(START + second));
  }

  void publish(long contentId, long authorId, Instant at) {
    var published =
        Published.newBuilder()
            .setContentId(contentId)
            .setAuthorId(authorId)
            .setPublishedAt(
                Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()));
    add(Change.newBuilder().setPublished(published).build());
  }

  synchronized void add(Change change) {
    changes.add(change);
    notifyAll();
  }

  @Override
  public void listChanges(
      ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
    String after = request.getAfterPosition();
    observer.onNext(changes(after.isEmpty() ? 0 : Integer.parseInt(after), request));
    observer.onCompleted();
  }

  private synchronized ListChangesResponse changes(int position, ListChangesRequest request) {
    RequestContext call = RequestContext.current();
    waiting.incrementAndGet();
    try (var _ = call.onCancel(this::wakeUp)) {
      long until = System.nanoTime() + request.getWaitMillis() * 1_000_000L;
      for (long left = request.getWaitMillis();
          left > 0 && position >= changes.size() && !call.isCancelled();
          left = (until - System.nanoTime()) / 1_000_000L) {
        wait(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts a call", e);
    } finally {
      waiting.decrementAndGet();
    }
    int most = Math.min(mostAtOnce, request.getLimit());
    int end = Math.clamp((long) position + most, position, Math.max(position, changes.size()));
    return ListChangesResponse.newBuilder()
        .addAllChanges(changes.subList(Math.min(position, end), end))
        .setNextPosition(position == end ? request.getAfterPosition() : Integer.toString(end))
        .build();
  }

  private synchronized void wakeUp() {
    notifyAll();
  }
}

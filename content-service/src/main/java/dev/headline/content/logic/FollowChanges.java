package dev.headline.content.logic;

import dev.headline.content.dal.Changes;
import dev.headline.content.dal.ContentChange;
import dev.headline.content.dal.Position;
import dev.headline.rpc.RequestContext;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the change feed, and waits for news if there is none. It asks the database again and again
 * rather than be notified: a reader costs twenty small index reads a second, and needs no
 * connection while it waits.
 */
public final class FollowChanges {

  private final Changes changes;
  private final Duration interval;

  /**
   * @param changes the feed
   * @param interval from one look to the next; how late news may be
   */
  public FollowChanges(Changes changes, Duration interval) {
    this.changes = changes;
    this.interval = interval;
  }

  /**
   * The changes after a position, oldest first. With none, blocks until there is one, and returns
   * an empty list after {@code patience}. Ends at once when the request is cancelled.
   *
   * @throws dev.headline.rpc.RpcException if the request ends first
   */
  public List<ContentChange> after(Position position, int limit, Duration patience) {
    Deadline end = Deadline.after(patience.toNanos(), TimeUnit.NANOSECONDS);
    RequestContext request = RequestContext.current();
    var over = new CountDownLatch(1);
    try (var _ = request.onCancel(over::countDown)) {
      List<ContentChange> news = changes.after(position, limit);
      while (news.isEmpty() && !end.isExpired()) {
        pause(over, end);
        request.check();
        news = changes.after(position, limit);
      }
      return news;
    }
  }

  private void pause(CountDownLatch over, Deadline end) {
    long nanos = Math.min(interval.toNanos(), end.timeRemaining(TimeUnit.NANOSECONDS));
    try {
      var _ = over.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for changes", e);
    }
  }
}

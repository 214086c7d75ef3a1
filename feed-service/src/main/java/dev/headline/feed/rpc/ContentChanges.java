package dev.headline.feed.rpc;

import dev.headline.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import dev.headline.content.v1.ListChangesRequest;
import dev.headline.content.v1.ListChangesResponse;
import dev.headline.rpc.RpcException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Asks content-service what has changed. Safe for many threads. */
public final class ContentChanges {

  private final ContentServiceBlockingStub contents;

  public ContentChanges(ContentServiceBlockingStub contents) {
    this.contents = contents;
  }

  /**
   * The changes after a position, oldest first; waits if there are none yet.
   *
   * @param position where to go on; empty for the beginning
   * @param limit at most so many changes; 1 to 1,000
   * @param wait how long content-service may hold the call until something changes; up to 20 s
   * @throws RpcException if content-service does not answer, or the request is cancelled meanwhile
   */
  public ListChangesResponse after(String position, int limit, Duration wait) {
    var request =
        ListChangesRequest.newBuilder()
            .setAfterPosition(position)
            .setLimit(limit)
            .setWaitMillis((int) wait.toMillis())
            .build();
    try {
      return contents.listChanges(request);
    } catch (StatusRuntimeException e) {
      throw RpcException.from(e);
    }
  }
}

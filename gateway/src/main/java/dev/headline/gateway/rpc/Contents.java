package dev.headline.gateway.rpc;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.headline.content.v1.BatchGetRequest;
import dev.headline.content.v1.Content;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import io.grpc.Channel;
import java.util.Map;
import java.util.Set;

/** content-service. */
public final class Contents {

  private final ContentServiceBlockingStub stub;

  /**
   * Speaks to content-service.
   *
   * @param channel where it is
   */
  public Contents(Channel channel) {
    stub = ContentServiceGrpc.newBlockingStub(channel);
  }

  /** Contents by id, in one call; one that does not exist is absent. */
  public Map<Long, Content> batchGet(Set<Long> ids) {
    var request = BatchGetRequest.newBuilder().addAllIds(ids).build();
    return Reply.of(() -> stub.batchGet(request)).getContentsList().stream()
        .collect(toMap(Content::getId, identity()));
  }
}

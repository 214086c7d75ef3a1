package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets the next place of a server that one caller has filled. */
@ParameterizedClass
@EnumSource
class SharesTest extends OverLimit {

  private static final PolicyTable NAMED =
      new PolicyTable(
          TEN,
          PolicyDocument.read(
              "test",
              """
              rules:
                - match: {from: gateway}
                  access: allow
                - match: {from: search}
                  access: allow
              """));

  private final Semaphore leave = new Semaphore(0);
  private final AtomicInteger ofGateway = new AtomicInteger();
  private final AtomicInteger seenBySearch = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  SharesTest(Transport transport) {
    super(transport);
  }

  @Test
  void anotherCallerGetsTheNextPlaceAlthoughTheGreedyOneKeepsCalling() throws IOException {
    startAnew(new Pair(NAMED));
    users.answer = this::answer;
    fill(Priority.DEFAULT, 8);
    var search = new Caller("search", "default");
    try (var clients = new Clients(search, pair.directory, pair.governance);
        var request = RequestContext.open(search, LONG)) {
      Awaitility.await().until(() -> clients.isReady("user-service"));
      var stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
      assertThat(request.context().call(() -> codeOf(stub))).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
      var _ = callers.submit(this::callUntilEnough);
      leave.release();
      Awaitility.await()
          .until(() -> request.context().call(() -> codeOf(stub)), RpcCode.OK::equals);
    } finally {
      enough.set(true);
      leave.release(1_000);
    }
    assertThat(seenBySearch).as("calls of the gateway that had been let in").hasValue(8);
  }

  private void callUntilEnough() {
    while (!enough.get()) {
      var _ = codeOf(Priority.DEFAULT);
    }
  }

  private BatchGetResponse answer(BatchGetRequest request) {
    if (RequestContext.current().origin().caller().service().equals("search")) {
      seenBySearch.set(ofGateway.get());
      return Users.everybody(request);
    }
    ofGateway.incrementAndGet();
    enter();
    leave.acquireUninterruptibly();
    inside.decrementAndGet();
    return Users.everybody(request);
  }
}

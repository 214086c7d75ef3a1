package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final Waiting waiting = new Waiting();
  private final CountDownLatch begun = new CountDownLatch(1);

  /** How a wait ends that begins now. */
  private CompletableFuture<RpcCode> begin(RequestContext context, Duration patience)
      throws InterruptedException {
    var end = new CompletableFuture<RpcCode>();
    Thread.startVirtualThread(() -> context.run(() -> end.complete(wait(patience))));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    return end;
  }

  private RpcCode wait(Duration patience) {
    try {
      waiting.await(this::isNeeded, patience);
      return RpcCode.OK;
    } catch (RpcException e) {
      return e.code();
    }
  }

  private boolean isNeeded() {
    begun.countDown();
    return true;
  }

  @Test
  void itEndsWithTheNews() throws Exception {
    CompletableFuture<RpcCode> end = begin(RequestContext.current(), LONG);
    assertThat(end).isNotDone();

    waiting.tell();

    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(RpcCode.OK);
  }

  @Test
  void itEndsWhenTimeIsUp() throws Exception {
    CompletableFuture<RpcCode> end = begin(RequestContext.current(), Duration.ofMillis(20));

    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(RpcCode.OK);
  }

  @Test
  void itEndsAtOnceWhenTheRequestIsCancelled() throws Exception {
    try (var request = RequestContext.open(Caller.UNKNOWN, LONG)) {
      CompletableFuture<RpcCode> end = begin(request.context(), LONG);

      request.cancel("The client left");

      assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(RpcCode.CANCELLED);
    }
  }

  @Test
  void nobodyWaitsForNewsThatHaveCome() {
    waiting.await(() -> false, LONG);
  }
}

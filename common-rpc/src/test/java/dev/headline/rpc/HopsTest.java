package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds over several services in a row: deadlines and cancellation. */
@ParameterizedClass
@EnumSource
class HopsTest extends OverHops {

  HopsTest(Transport transport) throws IOException {
    super(transport);
  }

  @Test
  void eachHopHasLessTimeThanTheOneBeforeIt() {
    List<Long> left = Collections.synchronizedList(new ArrayList<>());
    for (Users service : hops.services) {
      var answer = service.answer;
      service.answer =
          request -> {
            left.add(remaining());
            return answer.apply(request);
          };
    }

    try (var request = Pair.request(Duration.ofSeconds(10))) {
      var _ = request.context().call(() -> hops.first.batchGet(Users.ask(1)));
    }

    assertThat(left).hasSize(3).isSortedAccordingTo((one, next) -> Long.compare(next, one));
    assertThat(left.get(0)).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(10));
    // Each keeps back its margin.
    assertThat(left.get(0) - left.get(2))
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
  }

  @Test
  void aClientThatLeavesEndsTheWorkOfEveryHop() {
    hops.last(OverEachTransport::untilCancelled);

    try (var request = Pair.request(LONG)) {
      Fork<BatchGetResponse> call = request.context().fork(() -> hops.first.batchGet(Users.ask(1)));
      Awaitility.await().until(() -> hops.arrived.get() == 3);
      assertThat(hops.alive).hasValue(3);
      request.cancel("The client has left");
      assertThat(RpcException.from(catchThrowable(call::join)).code()).isEqualTo(RpcCode.CANCELLED);
    }

    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  @Test
  void theDeadlineEndsTheWorkOfEveryHop() {
    hops.last(OverEachTransport::untilCancelled);

    assertThat(failure(Duration.ofMillis(600)).code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);

    assertThat(hops.arrived).hasValue(3);
    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  @Test
  void workBesideTheHandlersThreadEndsToo() {
    var b = hops.stub("a", "b");
    var forked = new CountDownLatch(3);
    hops.services.getFirst().answer =
        request ->
            hops.noted(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    var _ =
                        RequestContext.current()
                            .fork(
                                () -> {
                                  forked.countDown();
                                  return hops.noted(() -> b.batchGet(request));
                                });
                  }
                  return OverEachTransport.untilCancelled(request);
                });
    hops.last(OverEachTransport::untilCancelled);

    try (var request = Pair.request(LONG)) {
      var _ = request.context().fork(() -> hops.first.batchGet(Users.ask(1)));
      // One at a, three forks, and three each at b and c.
      Awaitility.await().until(() -> hops.arrived.get() == 10);
      request.cancel("The client has left");
    }

    OverEachTransport.await(forked);
    Awaitility.await().until(() -> hops.alive.get() == 0);
    assertThat(hops.interrupted).isFalse();
  }

  private RpcException failure(Duration budget) {
    try (var request = Pair.request(budget)) {
      return request
          .context()
          .call(() -> RpcException.from(catchThrowable(() -> hops.first.batchGet(Users.ask(1)))));
    }
  }

  private static long remaining() {
    return requireNonNull(RequestContext.current().deadline()).timeRemaining(TimeUnit.NANOSECONDS);
  }
}

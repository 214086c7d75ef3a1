package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that are slow, over the wire. */
@ParameterizedClass
@EnumSource
class HedgesTest extends OverEachTransport {

  private static final CallPolicy HEDGED =
      CallPolicy.within(LONG)
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.AtPercentile(95, Duration.ofMillis(20), Duration.ofSeconds(1), 5));

  private final Users second = new Users();
  private final AtomicBoolean hang = new AtomicBoolean();
  private final AtomicInteger hung = new AtomicInteger();
  private final AtomicReference<RpcCode> ended = new AtomicReference<>();

  HedgesTest(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void serveTwo() throws IOException {
    pair.close();
    pair = new Pair(HEDGED);
    users.answer = this::answer;
    second.answer = this::answer;
    serve();
    pair.serve(second, address());
    var calls = new AtomicInteger();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              return calls.incrementAndGet() > 100 && second.calls.get() > 0;
            });
  }

  @Test
  void aCallThatHangsIsAnsweredByAnotherInstanceAndItsHandlerIsCancelled() {
    int before = users.calls.get() + second.calls.get();
    hang.set(true);

    assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(ended.get()).isIn(RpcCode.CANCELLED, RpcCode.DEADLINE_EXCEEDED));
    assertThat(users.calls.get() + second.calls.get() - before).isEqualTo(2);
  }

  @Test
  void aCallThatIsCancelledTakesBothAttemptsWithIt() {
    int before = users.calls.get() + second.calls.get();
    users.answer = this::hang;
    second.answer = this::hang;
    try (var request = Pair.request(LONG)) {
      Fork<RpcException> call = request.context().fork(this::failureOfCall);
      Awaitility.await().until(() -> users.calls.get() + second.calls.get() == before + 2);
      request.cancel("The client has left");
      assertThat(call.join().code()).isEqualTo(RpcCode.CANCELLED);
    } catch (RpcException e) {
      // The join may hear of the end before the call has brought it home.
      assertThat(e.code()).isEqualTo(RpcCode.CANCELLED);
    }
    Awaitility.await().untilAsserted(() -> assertThat(hung).hasValue(2));
  }

  private BatchGetResponse answer(BatchGetRequest request) {
    return hang.compareAndSet(true, false) ? hang(request) : Users.everybody(request);
  }

  private BatchGetResponse hang(BatchGetRequest request) {
    try {
      return untilCancelled(request);
    } catch (RpcException e) {
      ended.set(e.code());
      hung.incrementAndGet();
      throw e;
    }
  }
}

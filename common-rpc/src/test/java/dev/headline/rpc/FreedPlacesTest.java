package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.client.Clients;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A server under a storm of calls that end in every way there is. */
@ParameterizedClass
@EnumSource
class FreedPlacesTest extends OverLimit {

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  FreedPlacesTest(Transport transport) {
    super(transport);
  }

  @Test
  void howeverCallsEndTheirPlacesAreFreeAgain() {
    var random = new Random(7);
    users.answer = request -> storm(new Random(request.getIds(0)));
    try (var leaving = new Clients(Pair.GATEWAY, pair.directory, pair.governance)) {
      Awaitility.await().until(() -> leaving.isReady("user-service"));
      var stub = UserServiceGrpc.newBlockingStub(leaving.channel("user-service"));
      List<Future<RpcCode>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Priority priority = PRIORITIES.get(random.nextInt(3));
        var budget = Duration.ofMillis(1 + random.nextInt(40));
        long seed = 1 + random.nextLong(1_000_000);
        var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(priority), budget);
        calls.add(callers.submit(() -> request.context().call(() -> codeOf(stub, seed))));
        if (random.nextInt(4) == 0) {
          request.cancel("The client has left");
        }
      }
      // The last ones lose their connection.
      calls.subList(0, 350).forEach(FreedPlacesTest::join);
    }
    assertThat(peak.get()).isLessThanOrEqualTo(10);

    Awaitility.await().until(() -> inside.get() == 0);
    users.answer = this::hold;
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
  }

  private BatchGetResponse storm(Random random) {
    enter();
    try {
      return switch (random.nextInt(4)) {
        case 0 -> Users.named("done");
        case 1 -> throw new RpcException(RpcCode.NOT_FOUND, "No such user");
        case 2 -> throw new IllegalStateException("unexpected");
        default -> untilCancelled(BatchGetRequest.getDefaultInstance());
      };
    } finally {
      inside.decrementAndGet();
    }
  }

  private static void join(Future<?> call) {
    try {
      call.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

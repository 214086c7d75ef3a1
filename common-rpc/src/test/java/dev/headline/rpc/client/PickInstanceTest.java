package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.Execution;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Tried;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which instance an attempt goes to, and what the pick knows of each. */
class PickInstanceTest extends PickFromCluster {

  @Test
  void eachAttemptOfACallGoesToAnotherInstance() throws IOException {
    serve(3);
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    List<Instance> picked = List.of(picked(call), picked(call), picked(call));

    assertThat(picked).containsExactlyInAnyOrderElementsOf(instances);
  }

  @Test
  void whenAllHaveBeenTriedOneIsTriedAgain() throws IOException {
    serve(2);
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    List<Instance> picked = List.of(picked(call), picked(call), picked(call));

    assertThat(picked).containsAll(instances);
  }

  @Test
  void anInstanceThatIsUnfitIsPassedOverEvenWhenAllOthersHaveBeenTried() throws IOException {
    serve(2);
    ill.add(instances.getFirst());
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    assertThat(List.of(picked(call), picked(call), picked(call))).containsOnly(instances.getLast());
  }

  @Test
  void whenAllAreUnfitOneIsPickedAllTheSame() throws IOException {
    serve(2);
    ill.addAll(instances);

    assertThat(picked(call())).isIn(instances);
  }

  @Test
  void anInstanceThatIsGoneGetsNoCalls() throws IOException {
    serve(2);
    cluster.replace(instances.subList(1, 2));

    for (int i = 0; i < 20; i++) {
      assertThat(picked(call())).isEqualTo(instances.getLast());
    }
  }

  @Test
  void aCallThatWasCancelledIsNotAFastAnswerAndOneThatFailedIsADearOne() throws IOException {
    serve(1);
    link.handle(call(), after(Duration.ofMillis(100), RpcCode.OK));
    assertThat(link.describe()).contains("0 in flight, 100.0 ms on average");

    fail(Duration.ofMillis(1), RpcCode.CANCELLED);
    assertThat(link.describe()).contains("0 in flight, 100.0 ms on average");

    fail(Duration.ofMillis(300), RpcCode.DEADLINE_EXCEEDED);
    assertThat(link.describe()).contains("0 in flight, 300.0 ms on average");

    fail(Duration.ofMillis(1), RpcCode.UNAVAILABLE);
    assertThat(link.describe()).contains("0 in flight, 1199.9 ms on average");

    fail(Duration.ofSeconds(100), RpcCode.NOT_FOUND);
    assertThat(link.describe()).contains("0 in flight, 100000.0 ms on average");
  }

  @Test
  void whatIsKnownOfAnInstanceOutlivesAChangeOfTheList() throws IOException {
    serve(1);
    link.handle(call(), after(Duration.ofMillis(100), RpcCode.OK));

    serve(1);

    assertThat(link.describe().lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.startsWith("user-service-1 at")
                    && line.endsWith(
                        ": connected, weight 100, 0 in flight, 100.0 ms on average with peaks"))
        .anyMatch(
            line ->
                line.startsWith("user-service-2 at")
                    && line.endsWith(
                        ": connected, starting slowly at 10 % of its weight, weight 100, 0 in"
                            + " flight, no answer yet"));
  }

  @Test
  void theStateOfEachInstanceIsInTheDescription() throws IOException {
    serve(1);
    instances.add(instance(new Address.InProcess("nobody-" + UUID.randomUUID())));
    ill.add(instances.getFirst());
    cluster.replace(instances);

    assertThat(link.describe())
        .startsWith("of two drawn by weight the one of lower cost")
        .contains("connected, passed over")
        .contains("not connected");
  }

  @Test
  void whereNoInstanceIsKnownACallIsRefusedAtOnce() {
    RpcException failure =
        catchThrowableOfType(
            RpcException.class, () -> link.handle(call(), after(Duration.ZERO, RpcCode.OK)));

    assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessage("No instance of user-service in cluster default is known");
    assertThat(target.decisions().latest().getFirst().reason()).isEqualTo(failure.getMessage());
  }
}

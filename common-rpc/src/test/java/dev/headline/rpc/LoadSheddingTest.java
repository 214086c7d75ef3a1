package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.ListFollowingRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A server under more than it bears. */
@ParameterizedClass
@EnumSource
class LoadSheddingTest extends OverLimit {

  LoadSheddingTest(Transport transport) {
    super(transport);
  }

  @Test
  void whatIsTooMuchReachesNoHandlerAndMayBeSentAgainAfterAMoment() {
    fill(Priority.DEFAULT, 8);

    RpcException refusal = failureOfCall();

    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback())
        .isInstanceOfSatisfying(
            Pushback.After.class,
            after ->
                assertThat(after.delay()).isBetween(Duration.ofMillis(10), Duration.ofMillis(50)));
    assertThat(refusal).hasMessageContaining("its limit is 10");
    assertThat(users.calls).hasValue(8);
  }

  @Test
  void theLessItMattersTheSoonerItIsRefused() {
    fill(Priority.BATCH, 5);
    assertThat(codeOf(Priority.BATCH)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    fill(Priority.CRITICAL, 10);
    assertThat(codeOf(Priority.CRITICAL)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(users.calls).hasValue(10);
  }

  @Test
  void whatIsCriticalIsServedWhileTheRestIsRefused() {
    fill(Priority.DEFAULT, 8);
    assertThat(codeOf(Priority.BATCH)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    users.answer = Users::everybody;

    for (int i = 0; i < 50; i++) {
      assertThat(codeOf(Priority.CRITICAL)).isEqualTo(RpcCode.OK);
      assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void aRefusedCallCostsNoThread() {
    var counted = new AtomicReference<Thread>();
    pair.meters
        .config()
        .onMeterAdded(
            meter -> {
              if (meter.getId().getName().equals(MetricNames.SERVER_DURATION)
                  && "RESOURCE_EXHAUSTED".equals(meter.getId().getTag("code"))) {
                counted.set(Thread.currentThread());
              }
            });
    fill(Priority.DEFAULT, 8);

    assertThat(codeOf(Priority.DEFAULT)).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);

    assertThat(counted.get())
        .isNotNull()
        .matches(thread -> !thread.isVirtual(), "is no virtual thread");
  }

  @Test
  void aMethodWithoutAdmissionTakesNoRoomAndNeedsNone() throws IOException {
    startAnew(
        new Pair(
            new PolicyTable(
                TEN,
                PolicyDocument.read(
                    "test",
                    """
                    rules:
                      - match: {to: user-service, method: BatchGet}
                        admission: off
                    """))));
    fill(Priority.BATCH, 12);

    assertThatThrownBy(() -> pair.stub.listFollowing(ListFollowingRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @Test
  void healthIsToldHoweverMuchThereIsToDo() {
    fill(Priority.CRITICAL, 10);
    ManagedChannel plain = Channels.open(pair.addresses.getFirst());
    try {
      assertThat(
              HealthGrpc.newBlockingStub(plain)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    } finally {
      plain.shutdownNow();
    }
  }

  @Test
  void aServiceThatListensAtTwoAddressesShowsWhatItDoesAtBoth() throws IOException {
    fill(Priority.DEFAULT, 3);
    GovernedServer side = pair.server(users, address());
    assertThat(shown(MetricNames.SERVER_IN_FLIGHT)).isEqualTo(3);

    side.close();
    assertThat(shown(MetricNames.SERVER_IN_FLIGHT)).isEqualTo(3);
    pair.closeServers();
    assertThat(pair.meters.find(MetricNames.SERVER_IN_FLIGHT).gauges()).isEmpty();
  }

  private double shown(String gauge) {
    return pair.meters.get(gauge).gauge().value();
  }
}

package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.transport.Timers;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls whose requests are not complete in time, or are too many. */
class IncomingTest {

  private static final Caller SELF = new Caller("user-service", "default");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Policies policies = new Policies(PolicyTable.DEFAULT);
  private final ServedMethod method =
      new ServedMethod(
          SELF,
          "BatchGet",
          new Malformed(),
          Governance.of(policies, new RpcMeters(registry)),
          new Admission(SELF, System::nanoTime, new Random(1)));
  private final List<Runnable> alarms = new ArrayList<>();
  private final Arriving arriving = new Arriving(this::alarm);
  private final UnaryHandler<BatchGetRequest, BatchGetResponse> handler =
      new UnaryHandler<>(
          new Callers(policies, method::pathOf, method.malformed()), arriving, new HandlersOut());

  @Test
  void aRequestThatIsNotCompleteInTimeIsClosedAndCounted() {
    var wire = new Wire();
    var listener = handler.startCall(wire, new Metadata());
    listener.onMessage(BatchGetRequest.getDefaultInstance());
    alarms.getFirst().run();

    assertThat(wire.closed).containsExactly(Status.Code.DEADLINE_EXCEEDED);
    assertThat(counted("DEADLINE_EXCEEDED")).isEqualTo(1);
    assertThat(decided("unfinished")).isEqualTo(1);
    assertThat(arriving.count()).isZero();

    listener.onHalfClose();
    listener.onComplete();
    assertThat(wire.closed).hasSize(1);
    assertThat(registry.get(MetricNames.SERVER_DURATION).timers()).hasSize(1);
  }

  @Test
  void thereIsABoundOnRequestsThatAreNotCompleteAndOneThatGoesMakesRoom() {
    var first = handler.startCall(new Wire(), new Metadata());
    for (int i = 1; i < Arriving.MOST; i++) {
      var _ = handler.startCall(new Wire(), new Metadata());
    }
    var refused = new Wire();
    var _ = handler.startCall(refused, new Metadata());
    assertThat(refused.closed).containsExactly(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(counted("RESOURCE_EXHAUSTED")).isEqualTo(1);

    first.onCancel();
    assertThat(counted("CANCELLED")).isEqualTo(1);
    var next = new Wire();
    var _ = handler.startCall(next, new Metadata());
    assertThat(next.closed).isEmpty();
    assertThat(arriving.count()).isEqualTo(Arriving.MOST);
  }

  @Test
  void aRequestThatIsCompleteTakesItsAlarmBack() {
    var listener = handler.startCall(new Wire(), new Metadata());
    assertThat(alarms).hasSize(1);
    listener.onHalfClose();

    assertThat(alarms).isEmpty();
    assertThat(arriving.count()).isZero();
  }

  private long counted(String code) {
    return registry.get(MetricNames.SERVER_DURATION).tag("code", code).timer().count();
  }

  private double decided(String outcome) {
    return registry.get(MetricNames.SERVER_DECISIONS).tag("outcome", outcome).counter().count();
  }

  private Timers.Alarm alarm(Duration delay, Runnable work) {
    assertThat(delay).isEqualTo(Arriving.PATIENCE);
    alarms.add(work);
    return () -> alarms.remove(work);
  }

  private static final class Wire extends ServerCall<BatchGetRequest, BatchGetResponse> {

    private final List<Status.Code> closed = new ArrayList<>();

    @Override
    public void close(Status status, Metadata trailers) {
      closed.add(status.getCode());
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(BatchGetResponse message) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<BatchGetRequest, BatchGetResponse> getMethodDescriptor() {
      return UserServiceGrpc.getBatchGetMethod();
    }
  }
}

package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Health;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** A user service at one address, as {@link Send} alone sees it, without a chain around. */
final class Receiver implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(20);

  /** No part has a limit that a test would meet. */
  static final TimeoutPolicy PATIENT =
      new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ZERO);

  static final BatchGetRequest SMALL = BatchGetRequest.newBuilder().addIds(1).build();

  // More than a peer's window, and than what the sockets hold.
  static final BatchGetRequest LARGE =
      BatchGetRequest.newBuilder()
          .addAllIds(LongStream.range(1L << 40, (1L << 40) + 60_000).boxed().toList())
          .build();

  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
  private final Address address;
  private final ManagedChannel channel;

  private Receiver(Address address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  /** One that may never be connected to. */
  static Receiver at(Address address) {
    return new Receiver(address, Channels.open(address));
  }

  /** One that is connected to. */
  static Receiver connected(Address address) {
    Receiver receiver = at(address);
    Awaitility.await().until(() -> receiver.channel.getState(true) == ConnectivityState.READY);
    return receiver;
  }

  /** One behind a channel that a test has made. */
  static Receiver over(ManagedChannel channel) {
    return new Receiver(new Address.Tcp("127.0.0.1", 1), channel);
  }

  /** Why a call of it fails. */
  RpcException failure(TimeoutPolicy limits, BatchGetRequest request, Duration deadline) {
    var call = call(request, deadline, Detail.STANDARD);
    return catchThrowableOfType(RpcException.class, () -> new Send(limits).invoke(call));
  }

  Call<BatchGetRequest, BatchGetResponse> call(
      BatchGetRequest request, Duration deadline, Detail detail) {
    var target =
        new Target(
            KEY,
            CallPolicy.DEFAULT.with(detail),
            governance.meters().client(KEY),
            governance.decisions());
    var call = new Call<>(UserServiceGrpc.getBatchGetMethod(), request, target, new Metadata());
    call.deadline(Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS));
    call.connection(
        new Connection(
            new Instance("one", "user-service", "default", address, Instance.DEFAULT_WEIGHT),
            channel,
            Health.GOOD));
    return call;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

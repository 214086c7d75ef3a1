package dev.headline.data;

import com.google.protobuf.StringValue;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A service with one method over TCP, and a client of it: whatever the client does crosses it. */
final class Hop implements AutoCloseable {

  private static final String SERVICE = "hop";

  private static final MethodDescriptor<StringValue, StringValue> ASK =
      MethodDescriptor.<StringValue, StringValue>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("headline.test.Hop/Ask")
          .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .build();

  private final GovernedServer server;
  private final Clients clients;

  /**
   * @param handler answers on the server's side
   */
  Hop(UnaryOperator<String> handler) throws IOException {
    var patient = new PolicyTable(CallPolicy.within(Duration.ofSeconds(20)), List.of());
    var governance = Governance.of(patient, new RpcMeters(new SimpleMeterRegistry()));
    BindableService service =
        () ->
            ServerServiceDefinition.builder("headline.test.Hop")
                .addMethod(
                    ASK,
                    ServerCalls.asyncUnaryCall(
                        (question, observer) -> {
                          observer.onNext(StringValue.of(handler.apply(question.getValue())));
                          observer.onCompleted();
                        }))
                .build();
    server =
        new GovernedServer(
            new Caller(SERVICE, "default"),
            Address.parse("tcp://127.0.0.1:0"),
            List.of(service),
            governance,
            false);
    var directory = LocalDirectory.alone();
    directory.register(
        new Instance(SERVICE, SERVICE, "default", server.start(), Instance.DEFAULT_WEIGHT));
    clients = new Clients(new Caller("gateway", "default"), directory, governance);
  }

  /** Asks within the current request. */
  String ask(String question) {
    return ClientCalls.blockingUnaryCall(
            clients.channel(SERVICE), ASK, CallOptions.DEFAULT, StringValue.of(question))
        .getValue();
  }

  @Override
  public void close() {
    clients.close();
    server.close();
  }
}
